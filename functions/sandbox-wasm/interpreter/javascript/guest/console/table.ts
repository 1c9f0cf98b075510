import { inspect } from '../inspect/inspect.ts';
import { isMap, isSet } from '../inspect/kinds.ts';
import { displayWidth } from '../inspect/strings.ts';

interface Row {
  index: string;
  value: unknown;
  key?: unknown;
}

const valuesColumn = 'Values';

/** The table of `console.table`. */
export function formatTable(data: object, columns?: readonly string[]): string {
  const indexName = isMap(data) || isSet(data) ? '(iteration index)' : '(index)';
  const rows = rowsOf(data);
  const hasKeys = isMap(data);
  const fields: string[] = [];
  let hasValues = false;
  for (const { value } of rows) {
    if (!isRecord(value) || hasKeys) hasValues = true;
    else for (const field of columns ?? Object.keys(value)) if (!fields.includes(field)) fields.push(field);
  }
  const head = [indexName, ...(hasKeys ? ['Key'] : []), ...fields, ...(hasValues ? [valuesColumn] : [])];
  const body = rows.map(({ index, value, key }) => {
    const isPlain = !isRecord(value) || hasKeys;
    const cells = fields.map((field) => (!isPlain && Object.hasOwn(value, field) ? cell(Reflect.get(value, field)) : ''));
    return [index, ...(hasKeys ? [cell(key)] : []), ...cells, ...(hasValues ? [isPlain ? cell(value) : ''] : [])];
  });
  return draw(head, body);
}

function rowsOf(data: object): Row[] {
  if (isMap(data)) return [...data].map(([key, value], index) => ({ index: String(index), key, value }));
  if (isSet(data)) return [...data].map((value, index) => ({ index: String(index), value }));
  return Object.entries(data).map(([index, value]) => ({ index, value }));
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function cell(value: unknown): string {
  const depth = isRecord(value) && !Array.isArray(value) && Object.keys(value).length > 2 ? -1 : 0;
  return inspect(value, { depth, maxArrayLength: 3, breakLength: Number.POSITIVE_INFINITY });
}

function draw(head: string[], body: string[][]): string {
  const widths = head.map((name, column) =>
    [name, ...body.map((row) => row[column] ?? '')].reduce((most, text) => Math.max(most, displayWidth(text) + 2), 0),
  );
  const rule = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const line = (cells: string[]) =>
    `│${cells.map((text, column) => ` ${text}${' '.repeat((widths[column] ?? 0) - displayWidth(text) - 1)}`).join('│')}│`;
  return [rule('┌', '┬', '┐'), line(head), rule('├', '┼', '┤'), ...body.map(line), rule('└', '┴', '┘')].join('\n');
}
