import { listedAs } from '../../modules/module-group.ts';
import { pythonModuleGroups } from '../../modules/python-modules.ts';
import { pythonSafeModules } from '../../modules/python-safe-modules.ts';
import type { PythonRule } from '../../rule.ts';

const grouped = new Set<string>(Object.values(pythonModuleGroups).flatMap(({ modules }) => [...modules]));

export const unlistedModule: PythonRule = {
  id: 'py-unlisted-module',
  severity: 'medium',
  title: 'The module {name} is not among the safe ones.',
  cause: 'Nobody has looked at what it can do.',
  explanation: `Under a profile that lists modules, what is on no list: neither a safe module (${[...pythonSafeModules].map((name) => `\`${name}\``).join(', ')}) nor one of the dangerous groups nor a file of the program.`,
  hint: "Use the safe part of Python's standard library instead of {name}, or ask for it in the policy's allowModules.",
  denied: 'import numpy\nprint(numpy.zeros(3))\n',
  allowed: 'import statistics\nprint(statistics.mean([1, 2]))\n',
  isForListedModulesOnly: true,
  *find({ imports }) {
    for (const { module, node } of imports) {
      if (listedAs(module, pythonSafeModules) === null && listedAs(module, grouped) === null) {
        yield { node, name: module, module: module.split('.')[0] ?? module };
      }
    }
  },
};
