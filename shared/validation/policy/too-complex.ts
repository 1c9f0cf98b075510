import type { Finding } from './finding.ts';

/** Past this a program isn't looked at: what people or models write comes to a tenth of it. */
export const tooComplex: Finding = {
  rule: 'too-complex',
  severity: 'high',
  message: 'The program is too large or too deeply nested to be checked.',
  hint: 'Move data out of the source, into context, stdin or files, and nest less.',
  module: null,
  isForListedModulesOnly: false,
  line: null,
  column: null,
  snippet: null,
};
