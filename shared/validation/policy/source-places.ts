import { cutSnippet } from '../snippet.ts';

/** A place in a source, both 1-based, the column in UTF-16 code units. */
export interface Place {
  line: number;
  column: number;
  snippet: string;
}

/** Finds places by offset. Reads the source's lines once, when first asked. */
export function createPlaces(source: string): (offset: number) => Place {
  let starts: number[] | null = null;

  return (offset) => {
    starts ??= startsOfLines(source);
    const line = lastAtMost(starts, offset);
    const start = starts[line] ?? 0;
    const end = (starts[line + 1] ?? source.length + 1) - 1;
    return {
      line: line + 1,
      column: offset - start + 1,
      snippet: cutSnippet(source.slice(start, end).replace(/\r$/, ''), offset - start + 1),
    };
  };
}

function startsOfLines(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the last number that isn't greater. */
function lastAtMost(sorted: readonly number[], offset: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
