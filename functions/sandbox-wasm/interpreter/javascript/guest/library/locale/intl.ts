import { type CollationOptions, compareTexts } from './collation.ts';
import { type DateOptions, formatDateLocale } from './date-format.ts';
import { formatNumberLocale, fractionLimits, type NumberOptions } from './number-format.ts';

const LOCALE = 'en-US';

class NumberFormat {
  readonly #options: NumberOptions;
  readonly format: (value: unknown) => string;

  constructor(_locales?: unknown, options: NumberOptions = {}) {
    this.#options = { ...options };
    formatNumberLocale(0, this.#options);
    this.format = (value) => formatNumberLocale(value, this.#options);
  }

  resolvedOptions(): object {
    const [minimumFractionDigits, maximumFractionDigits] = fractionLimits(this.#options);
    const style = this.#options.style ?? 'decimal';
    return { locale: LOCALE, numberingSystem: 'latn', style, minimumFractionDigits, maximumFractionDigits };
  }
}

class DateTimeFormat {
  readonly #options: DateOptions;
  readonly format: (date?: unknown) => string;

  constructor(_locales?: unknown, options: DateOptions = {}) {
    this.#options = { ...options };
    formatDateLocale(new Date(0), this.#options, 'all', 'date');
    this.format = (date) => {
      const moment = date === undefined ? new Date() : new Date(Number(date));
      if (Number.isNaN(moment.getTime())) throw new RangeError('Invalid time value');
      return formatDateLocale(moment, this.#options, 'all', 'date');
    };
  }

  resolvedOptions(): object {
    return {
      locale: LOCALE,
      calendar: 'gregory',
      numberingSystem: 'latn',
      timeZone: 'UTC',
      ...this.#options,
    };
  }
}

/** English plurals. */
class PluralRules {
  readonly #ordinal: boolean;

  constructor(_locales?: unknown, options: { type?: string } = {}) {
    this.#ordinal = options.type === 'ordinal';
  }

  select(count: number): string {
    if (!this.#ordinal) return Number(count) === 1 ? 'one' : 'other';
    const teen = count % 100 >= 11 && count % 100 <= 13;
    return teen ? 'other' : (['other', 'one', 'two', 'few'][count % 10] ?? 'other');
  }
}

class Collator {
  readonly #options: CollationOptions;
  readonly compare: (a: unknown, b: unknown) => number;

  constructor(_locales?: unknown, options: CollationOptions = {}) {
    this.#options = { ...options };
    this.compare = (a, b) => compareTexts(String(a), String(b), this.#options);
  }

  resolvedOptions(): object {
    return { locale: LOCALE, usage: 'sort', sensitivity: 'variant', numeric: false, ...this.#options };
  }
}

/** These constructors work without `new` too, which a class refuses. */
function callable<T extends object>(Kind: new (locales?: unknown, options?: object) => T): object {
  function construct(locales?: unknown, options?: object): T {
    return new Kind(locales, options);
  }
  Object.defineProperty(construct, 'name', { value: Kind.name, configurable: true });
  construct.prototype = Kind.prototype;
  Object.defineProperty(Kind.prototype, 'constructor', {
    value: construct,
    configurable: true,
    writable: true,
  });
  return construct;
}

/** The part of `Intl` that programs use most; every locale is en-US. */
export function createIntl(): object {
  const intl = {
    NumberFormat: callable(NumberFormat),
    DateTimeFormat: callable(DateTimeFormat),
    PluralRules,
    Collator: callable(Collator),
  };
  for (const kind of Object.values(intl)) {
    Object.defineProperty(kind, 'supportedLocalesOf', { value: () => [LOCALE] });
  }
  return Object.assign(intl, { getCanonicalLocales: () => [LOCALE] });
}
