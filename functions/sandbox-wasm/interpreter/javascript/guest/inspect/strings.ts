import type { Context } from './options.ts';

const escapes: Record<string, string> = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
const special = /[\x00-\x1f\x7f-\x9f\\]|\p{Surrogate}/gu;
/** Shorter strings are never split at their line breaks. */
const minimumToSplit = 16;

/** A string as a literal in quotes that need no escape, if there are such. */
export function quote(text: string): string {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : text.includes('`') || text.includes('${') ? "'" : '`';
  const body = text.replace(special, escapeCharacter);
  return mark === "'" ? `'${body.replaceAll("'", "\\'")}'` : `${mark}${body}${mark}`;
}

function escapeCharacter(character: string): string {
  const known = escapes[character];
  if (known !== undefined) return known;
  const code = character.charCodeAt(0);
  return code < 256
    ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`
    : `\\u${code.toString(16).toUpperCase()}`;
}

/** A string inside of an object: in quotes, cut to the limit, one line each when it is long. */
export function formatString(context: Context, text: string): string {
  const isCut = text.length > context.maxStringLength;
  const shown = isCut ? text.slice(0, context.maxStringLength) : text;
  const left = text.length - context.maxStringLength;
  const trailer = isCut ? `... ${left} more character${left > 1 ? 's' : ''}` : '';
  const isLong = shown.length > minimumToSplit && shown.length > context.breakLength - context.indentation - 4;
  if (!isLong) return quote(shown) + trailer;
  const lines = shown.match(/[^\n]*\n|[^\n]+$/g) ?? [shown];
  return lines.map(quote).join(` +\n${' '.repeat(context.indentation + 2)}`) + trailer;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colours begin with one
const colourForm = /\u001b\[\d+m/g;
const widePart = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
const zeroPart = /\p{Mark}|[\u200b-\u200f\ufe0f]/u;
const plainText = /^[\x20-\x7e]*$/;

/** Columns that a text takes on a terminal: two for East Asian characters and emoji, none for combining marks. */
export function displayWidth(text: string): number {
  if (plainText.test(text)) return text.length;
  let width = 0;
  for (const character of text.replace(colourForm, '').normalize('NFC')) {
    width += zeroPart.test(character) ? 0 : widePart.test(character) ? 2 : 1;
  }
  return width;
}
