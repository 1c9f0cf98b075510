export interface CollationOptions {
  numeric?: boolean;
  sensitivity?: string;
  ignorePunctuation?: boolean;
}

/** A character's weights: which letter, which accent, which case. Compared in this order over the whole text. */
interface Weights {
  letters: number[];
  accents: number[];
  cases: number[];
}

/** The order of the Unicode root collation before digits and letters: https://www.unicode.org/charts/collation/ */
const beforeDigits = '\t\n\v\f\r _-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$';
const digitWeight = 100;
const letterWeight = 200;
const otherWeight = 1000;
/** Accents from the mildest, in the same order; others follow by their code. */
const accentOrder = '\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307';
/** Letters that count as others with an accent, though Unicode doesn't take them apart. */
const related: Record<string, string> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ß: 'ss',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};
const plainText = /^[A-Za-z0-9 ]*$/;
const mark = /\p{Mark}/u;
const digits = /^\d+/;

/** Orders texts as people expect: letters before case, `a < A < b < B`, accents between. */
export function compareTexts(a: string, b: string, options: CollationOptions = {}): number {
  const { sensitivity = 'variant', numeric = false } = options;
  if (a === b) return 0;
  if (!numeric && sensitivity === 'variant' && plainText.test(a) && plainText.test(b))
    return comparePlain(a, b);
  const left = recall(a, options);
  const right = recall(b, options);
  const first = compareLists(left.letters, right.letters);
  if (first !== 0 || sensitivity === 'base') return first;
  const second = sensitivity === 'case' ? 0 : compareLists(left.accents, right.accents);
  if (second !== 0 || sensitivity === 'accent') return second;
  return compareLists(left.cases, right.cases);
}

/** The same for ASCII words, by the engine's own comparisons: most texts are such, and sorting compares a lot. */
function comparePlain(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left !== right) return left < right ? -1 : 1;
  return a > b ? -1 : 1;
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return Math.sign(a.length - b.length);
}

/** Sorting asks for the weights of each text many times. */
const remembered = new Map<string, Weights>();
const maxRemembered = 10_000;
const maxRememberedLength = 200;

function recall(text: string, options: CollationOptions): Weights {
  if (text.length > maxRememberedLength) return weigh(text, options);
  const key = `${options.numeric === true ? 'n' : ''}${options.ignorePunctuation === true ? 'p' : ''}:${text}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= maxRemembered) remembered.clear();
  const weights = weigh(text, options);
  remembered.set(key, weights);
  return weights;
}

function weigh(text: string, { numeric = false, ignorePunctuation = false }: CollationOptions): Weights {
  const weights: Weights = { letters: [], accents: [], cases: [] };
  const plain = text.normalize('NFD');
  for (let at = 0; at < plain.length; ) {
    const run = numeric ? (digits.exec(plain.slice(at, at + 300))?.[0] ?? '') : '';
    if (run.length > 0) {
      // A number stands between digits and letters by its length and its digits, whatever its size.
      const significant = run.replace(/^0+(?=\d)/, '');
      weights.letters.push(digitWeight, significant.length, ...Array.from(significant, Number));
      at += run.length;
      continue;
    }
    const character = String.fromCodePoint(plain.codePointAt(at) ?? 0);
    at += character.length;
    if (mark.test(character)) weights.accents.push(weights.letters.length, accentOf(character));
    else if (!ignorePunctuation || !beforeDigits.includes(character)) addCharacter(character, weights);
  }
  return weights;
}

function accentOf(character: string): number {
  const place = accentOrder.indexOf(character);
  return place >= 0 ? place : (character.codePointAt(0) ?? 0);
}

function addCharacter(character: string, { letters, accents, cases }: Weights): void {
  const lower = character.toLowerCase();
  const parts = related[lower];
  for (const letter of parts ?? lower) letters.push(letterOf(letter));
  if (parts !== undefined) accents.push(letters.length, lower.codePointAt(0) ?? 0);
  cases.push(lower === character ? 0 : 1);
}

function letterOf(lower: string): number {
  const code = lower.codePointAt(0) ?? 0;
  const place = beforeDigits.indexOf(lower);
  if (place >= 0) return place + 1;
  if (code >= 48 && code <= 57) return digitWeight + code - 48;
  if (code >= 97 && code <= 122) return letterWeight + code - 97;
  return otherWeight + code;
}
