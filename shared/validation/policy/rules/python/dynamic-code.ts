import { codeRunners } from '../../python/names.ts';
import type { PythonRule } from '../../rule.ts';
import { mentionsOf } from './mentions-of.ts';

export const dynamicCode: PythonRule = {
  id: 'py-dynamic-code',
  severity: 'medium',
  title: '{name} runs text as code.',
  cause: 'Code that is made while the program runs is code that no check has seen.',
  explanation:
    'Any use of `eval`, `exec`, `compile` and `__import__`, called or passed on. Methods of these names are fine.',
  hint: 'Write the code down instead of passing text to {name}; for literals and arithmetic, parse them yourself or with json.',
  denied: 'print(eval("1 + 1"))\n',
  allowed: 'import re\nprint(re.compile("a").match("a"))\n',
  find: (facts) => mentionsOf(facts, codeRunners),
};
