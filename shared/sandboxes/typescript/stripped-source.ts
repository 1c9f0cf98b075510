/** What became of one TypeScript source: JavaScript, or the compiler's complaint with its 1-based line. */
export type StrippedSource =
  /** `lines[n]` is the line of the original that line n + 1 of the code comes from; null where they are the same. */
  | { isValid: true; code: string; lines: number[] | null }
  | { isValid: false; message: string; line: number | null };
