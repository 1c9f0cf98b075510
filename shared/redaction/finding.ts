/** A part of a text to redact, in UTF-16 code units. Of overlapping findings the lowest rank names the kind. */
export interface Finding {
  start: number;
  end: number;
  /** Where what gives it away begins: a name before a value. */
  origin: number;
  kind: string;
  rank: number;
}

/** Overlapping findings as one, in the order of the text. Findings that only touch stay apart. */
export function mergeFindings(findings: Finding[]): Finding[] {
  const merged: Finding[] = [];
  for (const finding of findings.sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && finding.start < last.end) merged[merged.length - 1] = union(last, finding);
    else merged.push(finding);
  }
  return merged;
}

export function union(a: Finding, b: Finding): Finding {
  const named = a.rank <= b.rank ? a : b;
  return {
    ...named,
    start: Math.min(a.start, b.start),
    end: Math.max(a.end, b.end),
    origin: Math.min(a.origin, b.origin),
  };
}
