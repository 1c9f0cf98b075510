import { type Decimal, decimalOf, toFractionDigits, toSignificantDigits } from './decimal.ts';

/** The options of `Intl.NumberFormat` that are honoured; others are ignored. */
export interface NumberOptions {
  style?: string;
  currency?: string;
  useGrouping?: boolean | string;
  minimumIntegerDigits?: number;
  minimumFractionDigits?: number;
  maximumFractionDigits?: number;
  minimumSignificantDigits?: number;
  maximumSignificantDigits?: number;
}

const SYMBOLS: Record<string, string> = {
  USD: '$',
  EUR: '€',
  GBP: '£',
  JPY: '¥',
  INR: '₹',
  CNY: 'CN¥',
  KRW: '₩',
  CAD: 'CA$',
  AUD: 'A$',
  MXN: 'MX$',
  BRL: 'R$',
};
const WITHOUT_CENTS = new Set(['JPY', 'KRW', 'VND', 'CLP']);

/** One number in en-US, whatever locale was asked for. */
export function formatNumberLocale(input: unknown, options: NumberOptions = {}): string {
  const value = typeof input === 'bigint' ? input : Number(input);
  const percent = options.style === 'percent';
  const finite = typeof value === 'bigint' || Number.isFinite(value);
  const number = finite ? rounded(decimalOf(value, percent ? 2 : 0), options) : undefined;
  const digits = number === undefined ? (Number.isNaN(value) ? 'NaN' : '∞') : print(number, options);
  const negative = number?.negative ?? Number(value) < 0;
  const unit = options.style === 'currency' ? currencySign(options.currency) : '';
  return `${negative ? '-' : ''}${unit}${digits}${percent ? '%' : ''}`;
}

function rounded(number: Decimal, options: NumberOptions): Decimal {
  const { minimumSignificantDigits: fewest, maximumSignificantDigits: most } = options;
  if (fewest !== undefined || most !== undefined) {
    return toSignificantDigits(number, digitCount(fewest, 1, 1), digitCount(most, 21, 1));
  }
  const [least, greatest] = fractionLimits(options);
  return toFractionDigits(number, least, greatest);
}

export function fractionLimits(options: NumberOptions): [fewest: number, most: number] {
  const [usualLeast, usualMost] = usualFraction(options);
  const asked = options.minimumFractionDigits;
  const limit = options.maximumFractionDigits;
  const most = digitCount(limit, Math.max(usualMost, asked ?? 0), 0);
  const least = digitCount(asked, Math.min(usualLeast, most), 0);
  if (least > most) throw new RangeError('maximumFractionDigits value is out of range.');
  return [least, most];
}

function usualFraction({ style, currency }: NumberOptions): [number, number] {
  if (style === 'percent') return [0, 0];
  if (style !== 'currency') return [0, 3];
  return WITHOUT_CENTS.has(String(currency).toUpperCase()) ? [0, 0] : [2, 2];
}

function digitCount(asked: number | undefined, usual: number, least: number): number {
  if (asked === undefined) return usual;
  if (asked >= least && asked <= 100) return Math.floor(asked);
  throw new RangeError('digits value is out of range.');
}

function print(number: Decimal, options: NumberOptions): string {
  const whole = number.whole.padStart(options.minimumIntegerDigits ?? 1, '0');
  const grouped =
    options.useGrouping === false || options.useGrouping === 'false' ? whole : groupDigits(whole);
  return number.fraction === '' ? grouped : `${grouped}.${number.fraction}`;
}

/** By slices: a lookahead over the digits is quadratic on a long number. */
function groupDigits(digits: string): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return groups.join(',');
}

function currencySign(code: unknown): string {
  if (code === undefined) throw new TypeError('Currency code is required with currency style.');
  const name = String(code).toUpperCase();
  if (!/^[A-Z]{3}$/.test(name)) throw new RangeError(`Invalid currency code : ${String(code)}`);
  return SYMBOLS[name] ?? `${name}\u00a0`;
}
