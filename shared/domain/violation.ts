export const severities = ['high', 'medium', 'low'] as const;

/** How sure it is that only a hostile program does this: `high` is denied by every policy. */
export type Severity = (typeof severities)[number];

/** One place in a program's source that a rule objects to. Texts are for the program's author, human or model. */
export interface Violation {
  /** The rule's id, e.g. `py-forbidden-import`; `syntax` for a program that can't be parsed. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** What to change. */
  readonly hint: string | null;
  /** 1-based; null when no single place is to blame. */
  readonly line: number | null;
  /** 1-based, in UTF-16 code units of the line. */
  readonly column: number | null;
  /** The offending line, cut to 200 characters around the column. */
  readonly snippet: string | null;
}
