import { type Inspection, omitted } from './inspection.ts';
import { quote } from './quote.ts';

/** Strings up to this long stay on one line whatever the break length. */
const NEVER_SPLIT_LENGTH = 16;

/** A primitive as `util.inspect` shows it; long text with line breaks is split at them. */
export function formatPrimitive(value: unknown, inspection: Inspection): string {
  switch (typeof value) {
    case 'string':
      return formatText(value, inspection);
    case 'number':
      return formatNumber(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return value.toString();
    default:
      return String(value);
  }
}

export function formatNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : `${value}`;
}

function formatText(full: string, inspection: Inspection): string {
  const { maxStringLength, compact, breakLength, indentation } = inspection;
  const cut = full.length - maxStringLength;
  const text = cut > 0 ? full.slice(0, maxStringLength) : full;
  const trailer = cut > 0 ? omitted(cut, 'character') : '';
  const splits =
    compact >= 0 && text.length > NEVER_SPLIT_LENGTH && text.length > breakLength - indentation - 4;
  if (!splits) return quote(text) + trailer;
  const lines = text.split(/(?<=\n)/).map(quote);
  return lines.join(` +\n${' '.repeat(indentation + 2)}`) + trailer;
}
