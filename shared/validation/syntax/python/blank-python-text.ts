/**
 * Python source with the inside of strings and comments blanked by spaces, lines kept. An f-string that nests its
 * own kind of quote is read as several strings, which blanks the same text but for the expressions between.
 * Linear: every character is looked at once.
 */
export function blankPythonText(source: string): string {
  const text = source.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  let blanked = '';
  let index = 0;
  while (index < text.length) {
    const end = endOfText(text, index);
    if (end === index) {
      blanked += text[index];
      index += 1;
    } else {
      blanked += text.slice(index, end).replace(/[^\n]/g, ' ');
      index = end;
    }
  }
  return blanked;
}

/** Where the string or comment that starts at `index` ends; `index` itself when none starts there. */
function endOfText(text: string, index: number): number {
  const character = text[index];
  if (character === '#') return endOfLine(text, index);
  if (character !== '"' && character !== "'") return index;
  const isTriple = text.startsWith(character.repeat(3), index);
  return isTriple
    ? endOfTriple(text, index + 3, character.repeat(3))
    : endOfSingle(text, index + 1, character);
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline === -1 ? text.length : newline;
}

function endOfTriple(text: string, from: number, quotes: string): number {
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text.startsWith(quotes, index)) return index + 3;
  }
  return text.length;
}

function endOfSingle(text: string, from: number, quote: string): number {
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === quote) return index + 1;
    else if (text[index] === '\n') return index;
  }
  return text.length;
}
