import type { Severity } from '../../domain/violation.ts';

/** What a rule found in a program, before a policy judges it. */
export interface Finding {
  rule: string;
  severity: Severity;
  message: string;
  hint: string;
  /** The module that is to blame; a policy can allow it. */
  module: string | null;
  isForListedModulesOnly: boolean;
  line: number | null;
  column: number | null;
  snippet: string | null;
}
