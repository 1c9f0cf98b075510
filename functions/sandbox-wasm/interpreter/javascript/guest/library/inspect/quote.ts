// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what gets escaped
const ESCAPED = /[\x00-\x1f'\\\x7f-\x9f]|\p{Surrogate}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what gets escaped
const NEEDS_ESCAPING = /[\x00-\x1f'\\\x7f-\x9f]|\p{Surrogate}/u;

const SHORT_ESCAPES: Record<string, string> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '\\': '\\\\',
};

/** The text as a literal, in the first of '…', "…" and `…` that needs no escaped quote. */
export function quote(text: string): string {
  if (!NEEDS_ESCAPING.test(text)) return `'${text}'`;
  const mark = quotationMark(text);
  return mark + text.replace(ESCAPED, (character) => escapeCharacter(character, mark)) + mark;
}

/** The text with control characters escaped, for a symbol's description. */
export function escapeControls(text: string): string {
  return text.replace(ESCAPED, (character) => escapeCharacter(character, ''));
}

function quotationMark(text: string): string {
  if (!text.includes("'")) return "'";
  if (!text.includes('"')) return '"';
  return text.includes('`') || text.includes('${') ? "'" : '`';
}

function escapeCharacter(character: string, mark: string): string {
  if (character === "'") return mark === "'" ? "\\'" : "'";
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  const code = character.charCodeAt(0);
  if (code > 0xff) return `\\u${code.toString(16)}`;
  return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
}
