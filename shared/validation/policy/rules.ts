import type { AnyRule } from './rule.ts';
import { bashRules } from './rules/bash-rules.ts';
import { javascriptRules } from './rules/javascript-rules.ts';
import { pythonRules } from './rules/python-rules.ts';

/** Every rule by the language of its examples; TypeScript has JavaScript's. */
export const rules = {
  python: pythonRules,
  javascript: javascriptRules,
  bash: bashRules,
} as const satisfies Record<string, readonly AnyRule[]>;
