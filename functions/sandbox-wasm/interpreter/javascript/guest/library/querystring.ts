type Values = Record<string, string | string[]>;

function encode(text: string): string {
  return encodeURIComponent(text);
}

/** Broken escapes stay as they are. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parse(text: string, separator = '&', equals = '='): Values {
  const values: Values = Object.create(null);
  for (const part of text.split(separator)) {
    if (part === '') continue;
    const at = part.indexOf(equals);
    const [rawName, rawValue] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + equals.length)];
    const [name, value] = [decode(rawName.replaceAll('+', ' ')), decode(rawValue.replaceAll('+', ' '))];
    const known = values[name];
    values[name] = known === undefined ? value : [known, value].flat();
  }
  return values;
}

function stringify(values: Record<string, unknown> = {}, separator = '&', equals = '='): string {
  return Object.entries(values)
    .flatMap(([name, value]) => [value].flat().map((each) => encode(name) + equals + encode(textOf(each))))
    .join(separator);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ||
    typeof value === 'boolean' ||
    Number.isFinite(value) ||
    typeof value === 'bigint'
    ? String(value)
    : '';
}

/** `node:querystring`. */
export const querystring = {
  parse,
  stringify,
  escape: encode,
  unescape: decode,
  decode: parse,
  encode: stringify,
};
