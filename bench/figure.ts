/** One measured figure beside its target. `atMost` and `atLeast` are in the figure's own unit. */
export interface Figure {
  name: string;
  measured: number;
  unit: string;
  target: { atMost: number } | { atLeast: number } | null;
  /** The other side of a ratio, measured in the same run. */
  beside?: { name: string; measured: number };
}

export function isReached({ measured, target }: Figure): boolean | null {
  if (target === null) return null;
  return 'atMost' in target ? measured <= target.atMost : measured >= target.atLeast;
}

/** The figures as a table for people. */
export function toTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${figure.measured} ${figure.unit}`,
    figure.target === null
      ? ''
      : 'atMost' in figure.target
        ? `≤ ${figure.target.atMost}`
        : `≥ ${figure.target.atLeast}`,
    { true: 'reached', false: 'MISSED', null: '' }[String(isReached(figure))] ?? '',
    figure.beside === undefined ? '' : `${figure.beside.name}: ${figure.beside.measured} (${ratio(figure)}x)`,
  ]);
  const header = ['figure', 'measured', 'target', '', 'beside it, in the same run'];
  const widths = header.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function ratio({ measured, beside }: Figure): string {
  return beside === undefined || beside.measured === 0 ? '' : (measured / beside.measured).toFixed(2);
}
