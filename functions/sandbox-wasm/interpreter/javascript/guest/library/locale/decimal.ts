/** A number as decimal digits, so that rounding sees 1.005 and not the binary fraction next to it. */
export interface Decimal {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

/** The shortest decimal that reads back as the number, shifted to the left by `places` (percent: 2). */
export function decimalOf(value: number | bigint, places = 0): Decimal {
  const text = String(value);
  const negative = text.startsWith('-') || Object.is(value, -0);
  const [digits = '0', exponent = '0'] = text.replace(/^-/, '').split('e');
  const [whole = '0', fraction = ''] = digits.split('.');
  const point = whole.length + Number(exponent) + places;
  const all = whole + fraction;
  const padded = point > 0 ? all.padEnd(point, '0') : '0'.repeat(1 - point) + all;
  const at = Math.max(point, 1);
  return { negative, whole: padded.slice(0, at).replace(/^0+(?=\d)/, ''), fraction: padded.slice(at) };
}

/** Rounds half away from zero, then drops zeros beyond the fewest digits asked for. */
export function toFractionDigits(number: Decimal, fewest: number, most: number): Decimal {
  const kept = number.fraction.slice(0, most);
  const roundsUp = (number.fraction[most] ?? '0') >= '5';
  const digits = roundsUp ? increment(number.whole + kept) : number.whole + kept;
  const split = digits.length - kept.length;
  const fraction = digits.slice(split).replace(/0+$/, '').padEnd(fewest, '0');
  return { ...number, whole: digits.slice(0, split), fraction };
}

export function toSignificantDigits(number: Decimal, fewest: number, most: number): Decimal {
  const leading =
    number.whole === '0' ? -(/^0*/.exec(number.fraction)?.[0].length ?? 0) : number.whole.length;
  const decimals = most - leading;
  if (decimals >= 0) return toFractionDigits(number, Math.max(0, fewest - leading), decimals);
  const cut = number.whole.length + decimals;
  const roundsUp = (number.whole[cut] ?? '0') >= '5';
  const head = number.whole.slice(0, cut);
  return { ...number, whole: (roundsUp ? increment(head) : head) + '0'.repeat(-decimals), fraction: '' };
}

function increment(digits: string): string {
  return String(BigInt(digits || '0') + 1n).padStart(digits.length, '0');
}
