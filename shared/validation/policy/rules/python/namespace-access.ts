import type { PythonRule } from '../../rule.ts';
import { mentionsOf } from './mentions-of.ts';

const names = new Set([
  'globals',
  'locals',
  'vars',
  'breakpoint',
  '__builtins__',
  '__loader__',
  '__spec__',
  'help',
  'license',
  'credits',
  'copyright',
]);

export const namespaceAccess: PythonRule = {
  id: 'py-namespace-access',
  severity: 'medium',
  title: '{name} opens the namespaces of the interpreter.',
  cause: 'From a namespace every builtin can be had by a name that is put together.',
  explanation:
    'Any use of `globals`, `locals`, `vars`, `breakpoint`, `__builtins__`, `__loader__`, `__spec__`, `help`, `license`, `credits` and `copyright`, unless the program defines a function of that name.',
  hint: 'Keep values in a dictionary of your own instead of looking them up with {name}.',
  denied: 'print(globals()["__name__"])\n',
  allowed: 'values = {"a": 1}\nprint(values["a"])\n',
  find: (facts) => mentionsOf(facts, names),
};
