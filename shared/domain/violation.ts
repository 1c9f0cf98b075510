import * as z from 'zod';

export const severities = ['high', 'medium', 'low'] as const;

/** How sure it is that only a hostile program does this: `high` is denied by every policy. */
export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

/** One place in a program's source that a rule objects to. Texts are for the program's author, human or model. */
export const violationSchema = z.strictObject({
  /** The rule's id, e.g. `py-forbidden-import`; `syntax` for a program that can't be parsed. */
  rule: z.string(),
  severity: severitySchema,
  message: z.string(),
  /** What to change. */
  hint: z.string().nullable(),
  /** 1-based; null when no single place is to blame. */
  line: z.int().min(1).nullable(),
  /** 1-based, in UTF-16 code units of the line. */
  column: z.int().min(1).nullable(),
  /** The offending line, cut to 200 characters around the column. */
  snippet: z.string().nullable(),
});
export type Violation = z.infer<typeof violationSchema>;
