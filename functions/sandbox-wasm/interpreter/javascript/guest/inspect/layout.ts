import type { Context } from './options.ts';
import { displayWidth } from './strings.ts';

export type Shape = 'object' | 'array';

/** Entries up to this many are never arranged in columns. */
const minimumToGroup = 6;
const separatorWidth = 2;
/** A character is about so many times as high as wide; columns aim at a square. */
const characterRatio = 2.5;
const maximumColumns = 15;

/** Puts an object's parts on one line if they are few and short, else on one line each. */
export function arrange(
  context: Context,
  parts: string[],
  { base, open, close, shape, depth, value }: { base: string; open: string; close: string; shape: Shape; depth: number; value: object },
): string {
  const head = base === '' ? open : `${base} ${open}`;
  let rows = parts;
  if (context.compact >= 1) {
    if (shape === 'array' && parts.length > minimumToGroup) rows = groupInColumns(context, parts, value);
    if (context.currentDepth - depth < context.compact && rows === parts) {
      const start = rows.length + context.indentation + open.length + base.length + 10;
      if (fitsOnLine(context, rows, start, base)) {
        const joined = rows.join(', ');
        if (!joined.includes('\n')) return `${head} ${joined} ${close}`;
      }
    }
  }
  const newLine = `\n${' '.repeat(context.indentation)}`;
  return `${head}${newLine}  ${rows.join(`,${newLine}  `)}${newLine}${close}`;
}

function fitsOnLine(context: Context, parts: string[], start: number, base: string): boolean {
  let total = parts.length + start;
  if (total + parts.length > context.breakLength) return false;
  for (const part of parts) {
    total += part.length;
    if (total > context.breakLength) return false;
  }
  return !base.includes('\n');
}

/** Arranges short entries as a table without borders. Returns the same array when they stay one to a line. */
function groupInColumns(context: Context, parts: string[], value: object): string[] {
  const hasMore = parts.length > context.maxArrayLength;
  const cells = hasMore ? parts.slice(0, -1) : parts;
  const widths = cells.map(displayWidth);
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  const total = widths.reduce((sum, width) => sum + width + separatorWidth, 0);
  const cellWidth = widest + separatorWidth;
  const areShort = cellWidth * 3 + context.indentation < context.breakLength;
  if (!areShort || !(total / cellWidth > 5 || widest <= 6)) return parts;

  const bias = Math.sqrt(cellWidth - total / parts.length);
  const biasedWidth = Math.max(cellWidth - bias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(characterRatio * biasedWidth * cells.length) / biasedWidth),
    Math.floor((context.breakLength - context.indentation) / cellWidth),
    context.compact * 4,
    maximumColumns,
  );
  if (columns <= 1) return parts;

  const columnWidths = Array.from({ length: columns }, (_, column) =>
    widths.reduce((most, width, i) => (i % columns === column ? Math.max(most, width) : most), 0) + separatorWidth,
  );
  const alignRight = isNumeric(value, parts.length);
  const rows: string[] = [];
  for (let start = 0; start < cells.length; start += columns) {
    rows.push(formatRow(cells, widths, columnWidths, start, Math.min(start + columns, cells.length), alignRight));
  }
  return hasMore ? [...rows, parts.at(-1) ?? ''] : rows;
}

function formatRow(
  cells: string[],
  widths: number[],
  columnWidths: number[],
  start: number,
  end: number,
  alignRight: boolean,
): string {
  let row = '';
  for (let i = start; i < end; i++) {
    const cell = cells[i] ?? '';
    const isLast = i === end - 1;
    const width = (columnWidths[i - start] ?? 0) + cell.length - (widths[i] ?? 0);
    if (alignRight) row += isLast ? cell.padStart(width - separatorWidth) : `${cell}, `.padStart(width);
    else row += isLast ? cell : `${cell}, `.padEnd(width);
  }
  return row;
}

function isNumeric(value: object, length: number): boolean {
  for (let i = 0; i < length; i++) {
    const type = typeof Reflect.get(value, i);
    if (type !== 'number' && type !== 'bigint') return false;
  }
  return true;
}
