import type { ExampleResult } from './run-example.ts';

const headings = ['example', 'language', 'outcome', 'wall ms', 'total ms', ''];

/** The summary table, the differences of each failure, and the total. */
export function printReport(results: readonly ExampleResult[]): void {
  console.log(`\n${formatTable([headings, ...results.map(toRow)])}`);
  for (const { name, mismatches } of results.filter(({ passed }) => !passed)) {
    console.log(`\n✗ ${name}\n${mismatches.map((line) => `  ${line}`).join('\n')}`);
  }
  const passed = results.filter((result) => result.passed).length;
  console.log(`\n${passed} passed, ${results.length - passed} failed`);
}

/** One line that rewrites itself on a terminal; a line per result elsewhere, such as in CI. */
export function createProgress(total: number): (result: ExampleResult) => void {
  let done = 0;
  return ({ name, passed }) => {
    done += 1;
    const line = `[${String(done).padStart(String(total).length)}/${total}] ${mark(passed)} ${name}`;
    if (!process.stdout.isTTY) console.log(line);
    else process.stdout.write(`\r\x1b[K${passed ? line : `${line}\n`}${done === total ? '\n' : ''}`);
  };
}

function toRow({ name, language, outcome, wallTimeMs, totalMs, passed }: ExampleResult): string[] {
  return [name, language, outcome, milliseconds(wallTimeMs), milliseconds(totalMs), mark(passed)];
}

function mark(passed: boolean): string {
  return passed ? '✓' : '✗';
}

function milliseconds(value: number | null): string {
  return value === null ? '–' : value.toFixed(0);
}

function formatTable(rows: string[][]): string {
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const isNumber = (column: number) => headings[column]?.endsWith('ms') ?? false;
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
