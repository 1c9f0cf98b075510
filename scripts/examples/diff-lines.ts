const contextLines = 2;
const maxLines = 40;

interface Line {
  sign: ' ' | '-' | '+';
  text: string;
}

/**
 * A line diff by longest common subsequence: `-` only in `before`, `+` only in `after`, with two lines of context
 * and at most 40 lines. Quadratic, for outputs that a reader can read.
 */
export function diffLines(before: string, after: string): string[] {
  const lines = align(visible(before), visible(after));
  const isNearChange = lines.map((_, index) =>
    lines.slice(Math.max(0, index - contextLines), index + contextLines + 1).some(({ sign }) => sign !== ' '),
  );
  const shown = lines.flatMap(({ sign, text }, index) => {
    if (isNearChange[index]) return [`${sign} ${text}`];
    return isNearChange[index - 1] ? ['  …'] : [];
  });
  return shown.length > maxLines
    ? [...shown.slice(0, maxLines), `… ${shown.length - maxLines} more lines`]
    : shown;
}

/** Lines, with a note where the final line has no newline. */
function visible(text: string): string[] {
  const lines = text.split('\n');
  const last = lines.pop();
  return last ? [...lines, `${last} (no newline at the end)`] : lines;
}

function align(before: string[], after: string[]): Line[] {
  const common = commonLengths(before, after);
  const lengthAt = (i: number, j: number) => common[i]?.[j] ?? 0;
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [left, right] = [before[i], after[j]];
    if (left !== undefined && left === right) {
      lines.push({ sign: ' ', text: left });
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || lengthAt(i + 1, j) >= lengthAt(i, j + 1))) {
      lines.push({ sign: '-', text: left });
      i += 1;
    } else {
      lines.push({ sign: '+', text: right ?? '' });
      j += 1;
    }
  }
  return lines;
}

/** `[i][j]`: length of the longest common subsequence of the lines from `i` and from `j` on. */
function commonLengths(before: string[], after: string[]): number[][] {
  const lengths = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = lengths[i] as number[];
      row[j] =
        before[i] === after[j]
          ? (lengths[i + 1]?.[j + 1] ?? 0) + 1
          : Math.max(lengths[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}
