import { displayWidth } from './display-width.ts';
import { FULLY_COMPACT, type Inspection } from './inspection.ts';

/** What a printed object is made of before it is laid out. */
export interface Parts {
  readonly open: string;
  readonly close: string;
  /** Text in front of the braces: a function's name, an error's stack. */
  readonly base: string;
  readonly entries: readonly string[];
  /** The array whose elements lead the entries, when there is one: they may be set in columns. */
  readonly elements: ArrayLike<unknown> | undefined;
}

/** Ten columns stay free for the key and the comma around an object on one line. */
const RESERVED_COLUMNS = 10;
const FEWEST_GROUPED = 6;

/** Puts an object on one line when it is small and shallow enough, else one entry a line. */
export function layOut(parts: Parts, level: number, inspection: Inspection): string {
  if (inspection.compact === FULLY_COMPACT) return layOutCompact(parts, inspection);
  const { open, close, base } = parts;
  const lead = `${base ? `${base} ` : ''}${open}`;
  const grouped = groupEntries(parts, inspection);
  const ungrouped = grouped.length === parts.entries.length;
  if (inspection.currentLevel - level < inspection.compact && ungrouped) {
    const taken = grouped.length + inspection.indentation + open.length + base.length + RESERVED_COLUMNS;
    if (fitsOneLine(grouped, taken, base, inspection)) {
      const line = grouped.join(', ');
      if (!line.includes('\n')) return `${lead} ${line} ${close}`;
    }
  }
  const margin = `\n${' '.repeat(inspection.indentation)}`;
  return `${lead}${margin}  ${grouped.join(`,${margin}  `)}${margin}${close}`;
}

function layOutCompact({ open, close, base, entries }: Parts, inspection: Inspection): string {
  if (fitsOneLine(entries, 0, base, inspection)) {
    return `${open}${base ? ` ${base}` : ''} ${entries.join(', ')} ${close}`;
  }
  const margin = `\n${' '.repeat(inspection.indentation)}`;
  const lead = base === '' && open.length === 1 ? ' ' : `${base ? ` ${base}` : ''}${margin}  `;
  return `${open}${lead}${entries.join(`,${margin}  `)} ${close}`;
}

function fitsOneLine(
  entries: readonly string[],
  taken: number,
  base: string,
  inspection: Inspection,
): boolean {
  let width = entries.length + taken;
  if (width + entries.length > inspection.breakLength) return false;
  for (const entry of entries) {
    width += entry.length;
    if (width > inspection.breakLength) return false;
  }
  return !base.includes('\n');
}

function groupEntries({ entries, elements }: Parts, inspection: Inspection): readonly string[] {
  const { compact } = inspection;
  if (elements === undefined || compact < 1 || entries.length <= FEWEST_GROUPED) return entries;
  return groupInColumns(entries, elements, inspection);
}

const SEPARATOR_WIDTH = 2;
const MOST_COLUMNS = 15;
/** A character cell is about two and a half times as tall as wide: aims at a square block. */
const CELL_RATIO = 2.5;

/** Sets many short entries in aligned columns, numbers to the right; wide entries stay as they are. */
function groupInColumns(
  entries: readonly string[],
  elements: ArrayLike<unknown>,
  inspection: Inspection,
): readonly string[] {
  // The last entry says how many were left out: it takes its own line.
  const overflow = inspection.maxArrayLength < entries.length;
  const cells = overflow ? entries.slice(0, -1) : entries;
  const widths = cells.map(displayWidth);
  const total = widths.reduce((sum, width) => sum + width + SEPARATOR_WIDTH, 0);
  const widest = widths.reduce((most, width) => Math.max(most, width), 0);
  const cell = widest + SEPARATOR_WIDTH;
  const worthwhile =
    cell * 3 + inspection.indentation < inspection.breakLength && (total / cell > 5 || widest <= 6);
  if (!worthwhile) return entries;

  const biased = Math.max(cell - 3 - Math.sqrt(cell - total / entries.length), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(CELL_RATIO * biased * cells.length) / biased),
    Math.floor((inspection.breakLength - inspection.indentation) / cell),
    inspection.compact * 4,
    MOST_COLUMNS,
  );
  if (columns <= 1) return entries;

  const columnWidths = Array.from({ length: columns }, (_, column) => {
    let width = 0;
    for (let at = column; at < cells.length; at += columns) width = Math.max(width, widths[at] ?? 0);
    return width + SEPARATOR_WIDTH;
  });
  const toTheRight = everyNumeric(elements, entries.length);
  const rows: string[] = [];
  for (let start = 0; start < cells.length; start += columns) {
    const end = Math.min(start + columns, cells.length);
    let row = '';
    for (let at = start; at < end; at++) {
      const last = at === end - 1;
      const text = `${cells[at] ?? ''}${last ? '' : ', '}`;
      // Padding counts UTF-16 units, the column counts cells: wide text needs fewer spaces.
      const spare = (cells[at] ?? '').length - (widths[at] ?? 0);
      const width = (columnWidths[at - start] ?? 0) + spare - (last ? SEPARATOR_WIDTH : 0);
      if (toTheRight) row += text.padStart(width);
      else row += last ? text : text.padEnd(width);
    }
    rows.push(row);
  }
  const rest = overflow ? entries.at(-1) : undefined;
  if (rest !== undefined) rows.push(rest);
  return rows;
}

function everyNumeric(elements: ArrayLike<unknown>, count: number): boolean {
  for (let at = 0; at < count; at++) {
    const kind = typeof elements[at];
    if (kind !== 'number' && kind !== 'bigint') return false;
  }
  return true;
}
