/** Lines of two texts side by side: past this the middles are shown one after the other. */
const MOST_COMPARED_LINES = 200;

/** The lines of two printed values: `+` only in the first, `-` only in the second. */
export function differenceOf(actual: string, expected: string): string {
  const [left, right] = [actual.split('\n'), expected.split('\n')];
  let head = 0;
  while (head < left.length && head < right.length && left[head] === right[head]) head++;
  let tail = 0;
  const most = Math.min(left.length, right.length) - head;
  while (tail < most && left.at(-1 - tail) === right.at(-1 - tail)) tail++;
  return [
    ...left.slice(0, head).map((line) => `  ${line}`),
    ...middle(left.slice(head, left.length - tail), right.slice(head, right.length - tail)),
    ...left.slice(left.length - tail).map((line) => `  ${line}`),
  ].join('\n');
}

function middle(left: string[], right: string[]): string[] {
  if (left.length > MOST_COMPARED_LINES || right.length > MOST_COMPARED_LINES) {
    return [...left.map((line) => `+ ${line}`), ...right.map((line) => `- ${line}`)];
  }
  return alignLines(left, right);
}

/** The longest common subsequence, by the usual table. */
function alignLines(left: string[], right: string[]): string[] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  const at = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = left.length - 1; row >= 0; row--) {
    for (let column = right.length - 1; column >= 0; column--) {
      const same = left[row] === right[column];
      const best = same ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
      const cells = lengths[row];
      if (cells !== undefined) cells[column] = best;
    }
  }
  const lines: string[] = [];
  let [row, column] = [0, 0];
  while (row < left.length || column < right.length) {
    if (row < left.length && column < right.length && left[row] === right[column]) {
      lines.push(`  ${left[row]}`);
      row++;
      column++;
    } else if (column >= right.length || (row < left.length && at(row + 1, column) >= at(row, column + 1))) {
      lines.push(`+ ${left[row++]}`);
    } else {
      lines.push(`- ${right[column++]}`);
    }
  }
  return lines;
}
