/** The options of `Intl.DateTimeFormat` that are honoured; the time zone is UTC. */
export interface DateOptions {
  weekday?: string;
  year?: string;
  month?: string;
  day?: string;
  hour?: string;
  minute?: string;
  second?: string;
  fractionalSecondDigits?: number;
  hour12?: boolean;
  hourCycle?: string;
  timeZone?: string;
  timeZoneName?: string;
  dateStyle?: string;
  timeStyle?: string;
}

export type Defaults = 'date' | 'time' | 'all';

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const DATE_FIELDS = ['weekday', 'year', 'month', 'day'] as const;
const TIME_FIELDS = ['hour', 'minute', 'second', 'fractionalSecondDigits'] as const;

const DATE_STYLES: Record<string, DateOptions> = {
  full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  medium: { year: 'numeric', month: 'short', day: 'numeric' },
  short: { year: '2-digit', month: 'numeric', day: 'numeric' },
};
const TIME_STYLES: Record<string, DateOptions> = {
  full: { hour: 'numeric', minute: 'numeric', second: 'numeric', timeZoneName: 'long' },
  long: { hour: 'numeric', minute: 'numeric', second: 'numeric', timeZoneName: 'short' },
  medium: { hour: 'numeric', minute: 'numeric', second: 'numeric' },
  short: { hour: 'numeric', minute: 'numeric' },
};

/** One moment in en-US and UTC; `needed` is which fields must show and `usual` what shows when none is asked for. */
export function formatDateLocale(date: Date, asked: DateOptions, needed: Defaults, usual: Defaults): string {
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  checkZone(asked.timeZone);
  const options = withDefaults(asked, needed, usual);
  const day = printDate(date, options);
  const time = printTime(date, options);
  if (day === '' || time === '') return day + time;
  return `${day}${separator(options)}${time}`;
}

/** There is no table of zones here: a wrong hour would be worse than an error. */
function checkZone(zone: unknown): void {
  if (zone === undefined || /^(?:Etc\/)?(?:UTC|GMT|Universal|Zulu)$/i.test(String(zone))) return;
  throw new RangeError(`Invalid time zone specified: ${String(zone)} (only UTC is available)`);
}

function withDefaults(asked: DateOptions, needed: Defaults, usual: Defaults): DateOptions {
  const { dateStyle, timeStyle, ...fields } = asked;
  if (dateStyle !== undefined || timeStyle !== undefined) {
    return { ...asked, ...DATE_STYLES[dateStyle ?? ''], ...TIME_STYLES[timeStyle ?? ''] };
  }
  const hasDate = DATE_FIELDS.some((field) => fields[field] !== undefined);
  const hasTime = TIME_FIELDS.some((field) => fields[field] !== undefined);
  if ((needed !== 'time' && hasDate) || (needed !== 'date' && hasTime)) return fields;
  return {
    ...fields,
    ...(usual !== 'time' && { year: 'numeric', month: 'numeric', day: 'numeric' }),
    ...(usual !== 'date' && { hour: 'numeric', minute: 'numeric', second: 'numeric' }),
  };
}

/** A written month joins its time with "at" in the long form, as ICU's en-US patterns do. */
function separator({ dateStyle, month, year, day, weekday }: DateOptions): string {
  if (dateStyle === 'full' || dateStyle === 'long') return ' at ';
  if (dateStyle === undefined && month === 'long') return ' at ';
  const onlyWeekday = weekday !== undefined && month === undefined && year === undefined && day === undefined;
  return onlyWeekday ? ' ' : ', ';
}

function printDate(date: Date, { weekday, year, month, day }: DateOptions): string {
  const week = weekday === undefined ? '' : named(WEEKDAYS[date.getUTCDay()] ?? '', weekday);
  const years = year === undefined ? '' : printYear(date, year);
  const days = day === undefined ? '' : padded(date.getUTCDate(), day);
  if (month === undefined) {
    return [years, days, week].filter(Boolean).join(' ');
  }
  if (month === 'numeric' || month === '2-digit') {
    const figures = [padded(date.getUTCMonth() + 1, month), days, years].filter(Boolean).join('/');
    return [week, figures].filter(Boolean).join(', ');
  }
  const name = named(MONTHS[date.getUTCMonth()] ?? '', month);
  const monthDay = [name, days].filter(Boolean).join(' ');
  const dated = years === '' ? monthDay : `${monthDay}${days === '' ? ' ' : ', '}${years}`;
  if (week === '') return dated;
  return days === '' ? `${dated} ${week}` : `${week}, ${dated}`;
}

function printYear(date: Date, style: string): string {
  const year = date.getUTCFullYear();
  return style === '2-digit' ? String(Math.abs(year) % 100).padStart(2, '0') : String(year);
}

function named(name: string, style: string): string {
  return style === 'long' ? name : name.slice(0, style === 'narrow' ? 1 : 3);
}

function padded(value: number, style: string | undefined): string {
  return style === '2-digit' ? String(value).padStart(2, '0') : String(value);
}

function printTime(date: Date, options: DateOptions): string {
  const { hour, minute, second, fractionalSecondDigits: digits, timeZoneName } = options;
  const zone =
    timeZoneName === undefined ? '' : timeZoneName === 'long' ? 'Coordinated Universal Time' : 'UTC';
  const half = hour !== undefined && isTwelveHour(options);
  const hours = half ? date.getUTCHours() % 12 || 12 : date.getUTCHours();
  const parts: string[] = [];
  if (hour !== undefined) parts.push(half ? padded(hours, hour) : printFullHour(hours, options));
  const alone = hour === undefined && (minute === undefined || second === undefined);
  if (minute !== undefined) parts.push(padded(date.getUTCMinutes(), alone ? 'numeric' : '2-digit'));
  if (second !== undefined) parts.push(padded(date.getUTCSeconds(), alone ? 'numeric' : '2-digit'));
  const fraction =
    digits === undefined ? '' : String(date.getUTCMilliseconds()).padStart(3, '0').slice(0, digits);
  const clock = parts.join(':') + (fraction === '' ? '' : `${parts.length > 0 ? '.' : ''}${fraction}`);
  const noon = half ? (date.getUTCHours() < 12 ? 'AM' : 'PM') : '';
  const time = [clock, noon].filter(Boolean).join(' ');
  return zone === '' ? time : [time, zone].filter(Boolean).join(time === '' ? '' : ' ');
}

function isTwelveHour({ hour12, hourCycle }: DateOptions): boolean {
  return hour12 ?? (hourCycle === undefined || hourCycle === 'h12' || hourCycle === 'h11');
}

/** Only the h24 cycle calls midnight 24. */
function printFullHour(hours: number, { hour12, hourCycle }: DateOptions): string {
  const fromOne = hour12 === undefined && hourCycle === 'h24';
  return String(hours === 0 && fromOne ? 24 : hours).padStart(2, '0');
}
