const maxLength = 200;

/** What would be invisible, reorder the text or break its line: controls, direction marks, separators, half pairs. */
const unprintable = /[\p{Cc}\p{Surrogate}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * A line of source as a violation shows it: at most 200 UTF-16 code units around the 1-based column, no surrogate
 * pair split, every control character as one visible character, so that columns still fit an uncut line.
 */
export function cutSnippet(line: string, column: number): string {
  const from = Math.max(0, Math.min(column - 1 - maxLength / 2, line.length - maxLength));
  const start = splitsPair(line, from) ? from + 1 : from;
  const until = Math.min(from + maxLength, line.length);
  const end = splitsPair(line, until) ? until - 1 : until;
  return showControls(line.slice(start, end));
}

/** The text with control characters made visible, one character for one. */
export function showControls(text: string): string {
  return text.replace(unprintable, picture);
}

function splitsPair(text: string, index: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, index - 1), index + 1));
}

/** Unicode's block "Control Pictures" has one for each ASCII control. */
function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
