import { ibanRemainder, passesLuhn } from '../checksums.ts';
import { beginning, type Rule } from '../rule.ts';

/** Not within a number with a fraction, a word, or a longer row of groups of digits. */
const numberStart = `${beginning('\\w.+/#-')}(?<!\\d[ -])`;
const numberEnd = '(?![\\w/#]|\\.\\d|[ -]\\d|-\\w)';
/** Groups between brackets are a row of a matrix. */
const grouped = `(?<!\\[ ?)\\d{4}(?:(?<gap>[ -])\\d{4}\\k<gap>\\d{4}\\k<gap>\\d{4}|[ -]\\d{6}[ -]\\d{4,5})(?! ?\\])`;

/**
 * Prefixes and lengths of card numbers, ISO/IEC 7812-1 as the issuers publish them: Visa, Mastercard, American
 * Express, Discover, JCB, Diners Club, UnionPay.
 */
const cardNumbers: readonly RegExp[] = [
  /^4\d{15}(?:\d{3})?$/,
  /^5[1-5]\d{14}$/,
  /^2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}$/,
  /^3[47]\d{13}$/,
  /^6(?:011|4[4-9]\d|5\d\d)\d{12}$/,
  /^35(?:2[89]|[3-8]\d)\d{12}$/,
  /^3(?:0[0-5]|[68]\d)\d{11}$/,
  /^62\d{14,17}$/,
];

/** Lengths of IBANs by country: the SWIFT registry of ISO 13616. */
const ibanLengths: Readonly<Record<string, number>> = {
  AD: 24,
  AE: 23,
  AL: 28,
  AT: 20,
  AZ: 28,
  BA: 20,
  BE: 16,
  BG: 22,
  BH: 22,
  BR: 29,
  BY: 28,
  CH: 21,
  CR: 22,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  DO: 28,
  EE: 20,
  EG: 29,
  ES: 24,
  FI: 18,
  FO: 18,
  FR: 27,
  GB: 22,
  GE: 22,
  GI: 23,
  GL: 18,
  GR: 27,
  GT: 28,
  HR: 21,
  HU: 28,
  IE: 22,
  IL: 23,
  IQ: 23,
  IS: 26,
  IT: 27,
  JO: 30,
  KW: 30,
  KZ: 20,
  LB: 28,
  LC: 32,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  LY: 25,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MR: 27,
  MT: 31,
  MU: 30,
  NL: 18,
  NO: 15,
  PK: 24,
  PL: 28,
  PS: 29,
  PT: 25,
  QA: 29,
  RO: 24,
  RS: 22,
  SA: 24,
  SC: 31,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  ST: 25,
  SV: 28,
  TL: 23,
  TN: 24,
  TR: 26,
  UA: 29,
  VA: 22,
  VG: 24,
  XK: 20,
};

/** Numbers that stand for a person or their money. */
export const personalRules: Rule[] = [
  {
    kind: 'payment-card',
    keywords: [],
    trigger: 'number',
    pattern: new RegExp(`${numberStart}(?=[2-6])(?:\\d{14,19}|${grouped})${numberEnd}`, 'y'),
    reach: 26,
    stop: 'number',
    isSecret: (text) => {
      const digits = text.replace(/[ -]/g, '');
      return cardNumbers.some((numbers) => numbers.test(digits)) && passesLuhn(digits);
    },
  },
  {
    // Areas, groups and serials that were never assigned: https://www.ssa.gov/employer/randomization.html
    kind: 'us-ssn',
    keywords: [],
    trigger: 'number',
    pattern: new RegExp(`${numberStart}(?!000|666|9)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}${numberEnd}`, 'y'),
    reach: 16,
    stop: 'number',
  },
  {
    kind: 'iban',
    keywords: [],
    trigger: 'country',
    pattern: /[A-Z]{2}\d{2}(?:[A-Z0-9]{11,28}|(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?)(?![A-Za-z0-9])/y,
    reach: 48,
    stop: 'none',
    isSecret: (text) => {
      const compact = text.replace(/ /g, '');
      return ibanLengths[compact.slice(0, 2)] === compact.length && ibanRemainder(compact) === 1;
    },
  },
];

/** For those who ask: ordinary output is full of both. */
export const contactRules: Rule[] = [
  {
    // The usual subset of RFC 5321.
    kind: 'email',
    keywords: ['@'],
    pattern:
      /(?<=(?<![\w.+-])(?<before>[A-Za-z0-9][\w.+-]{0,63}))@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![\w-])/y,
    reach: 290,
    stop: 'space',
  },
  {
    // International, or North American with its punctuation: E.164 has 15 digits at most.
    kind: 'phone-number',
    keywords: [],
    trigger: 'number',
    pattern:
      /(?:(?<=(?<![\w+])(?<before>\+))\d{1,3}(?:[ .-]?\(?\d{2,4}\)?){2,5}|(?<![\w.,(+-])(?<!\d[ -])\d{3}[ .-]\d{3}[ .-]\d{4}|(?<=(?<![\w+])(?<before2>\())\d{3}\) ?\d{3}[ .-]\d{4})(?![\w/]|[.,-]\d)/y,
    reach: 44,
    stop: 'number',
    isSecret: (text) => text.replace(/\D/g, '').length >= 10,
  },
];
