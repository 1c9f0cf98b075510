import { displayWidth } from './inspect/display-width.ts';
import { format } from './inspect/format.ts';
import { inspect } from './inspect/inspect-value.ts';

interface Column {
  readonly title: string;
  readonly cells: readonly (string | undefined)[];
}

/** What `console.table` prints: a drawn table of rows, or the plain text of what has no rows. */
export function formatTable(data: unknown, columns?: readonly string[]): string {
  if (typeof data !== 'object' || data === null) return format(data);
  return draw(columnsOf(data, columns));
}

function columnsOf(data: object, chosen?: readonly string[]): Column[] {
  if (data instanceof Map) {
    return [
      { title: '(iteration index)', cells: numbered(data.size) },
      { title: 'Key', cells: Array.from(data.keys(), cell) },
      { title: 'Values', cells: Array.from(data.values(), cell) },
    ];
  }
  if (data instanceof Set) {
    return [
      { title: '(iteration index)', cells: numbered(data.size) },
      { title: 'Values', cells: Array.from(data, cell) },
    ];
  }
  return rowColumns(data, chosen);
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${index}`);
}

/** One column per key that some row has, and "Values" for the rows that are primitives. */
function rowColumns(data: object, chosen?: readonly string[]): Column[] {
  const index = Object.keys(data);
  // An object, not a Map: integer-like keys come first, as in Node.
  const cells: Record<string, string[]> = Object.create(null);
  const values: string[] = [];
  index.forEach((key, row) => {
    const item: unknown = Reflect.get(data, key);
    if (item === null || (typeof item !== 'object' && typeof item !== 'function')) {
      values[row] = cell(item);
      return;
    }
    for (const name of chosen ?? Object.keys(item)) {
      const column = cells[name] ?? [];
      cells[name] = column;
      column[row] = Object.hasOwn(item, name) ? cell(Reflect.get(item, name)) : '';
    }
  });
  const columns = Object.keys(cells).map((title) => ({ title, cells: cells[title] ?? [] }));
  if (values.length > 0) columns.push({ title: 'Values', cells: values });
  return [{ title: '(index)', cells: index }, ...columns];
}

/** A cell shows one level of an array or of an object with up to two keys; larger objects are named. */
function cell(value: unknown): string {
  const large =
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 2;
  return inspect(value, { depth: large ? -1 : 0, maxArrayLength: 3, breakLength: Number.POSITIVE_INFINITY });
}

function draw(columns: readonly Column[]): string {
  const widths = columns.map(({ title, cells }) =>
    cells.reduce((most, text) => Math.max(most, displayWidth(text ?? '')), displayWidth(title)),
  );
  const rows = columns.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const line = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const row = (texts: readonly string[]) =>
    `│${texts.map((text, at) => ` ${text}${' '.repeat((widths[at] ?? 0) - displayWidth(text))} `).join('│')}│`;
  return [
    line('┌', '┬', '┐'),
    row(columns.map(({ title }) => title)),
    line('├', '┼', '┤'),
    ...Array.from({ length: rows }, (_, at) => row(columns.map(({ cells }) => cells[at] ?? ''))),
    line('└', '┴', '┘'),
  ].join('\n');
}
