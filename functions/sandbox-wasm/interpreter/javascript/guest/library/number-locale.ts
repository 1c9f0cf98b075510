import { type CollationOptions, compareTexts } from './locale/collation.ts';
import { type DateOptions, type Defaults, formatDateLocale } from './locale/date-format.ts';
import { createIntl } from './locale/intl.ts';
import { formatNumberLocale, type NumberOptions } from './locale/number-format.ts';

/** The built-ins that the installation changes: a realm's own, so that a test can hand in another's. */
export interface LocaleRealm {
  Number: { prototype: object };
  BigInt: { prototype: object };
  Date: { prototype: object };
  String: { prototype: object };
  Intl?: unknown;
}

/**
 * Gives numbers and dates Node's en-US texts, and the realm a small `Intl`. Any other locale falls back to
 * en-US, as an engine without its data would; any time zone but UTC is refused.
 */
export function installLocale(realm: LocaleRealm): void {
  const formatNumber = function (this: unknown, _locales?: unknown, options?: NumberOptions): string {
    return formatNumberLocale(Object(this).valueOf(), options);
  };
  define(realm.Number.prototype, 'toLocaleString', formatNumber);
  define(realm.BigInt.prototype, 'toLocaleString', formatNumber);
  const dates = { toLocaleString: 'all', toLocaleDateString: 'date', toLocaleTimeString: 'time' } as const;
  for (const [name, fields] of Object.entries(dates)) define(realm.Date.prototype, name, dateMethod(fields));
  define(realm.String.prototype, 'localeCompare', compareLocale);
  define(realm, 'Intl', createIntl());
}

function compareLocale(
  this: unknown,
  other: unknown,
  _locales?: unknown,
  options?: CollationOptions,
): number {
  return compareTexts(String(this), String(other), options);
}

function dateMethod(fields: Defaults) {
  return function (this: Date, _locales?: unknown, options: DateOptions = {}): string {
    return formatDateLocale(this, options, fields, fields);
  };
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
}
