import { listedAs } from '../../modules/module-group.ts';
import { pythonModuleGroups } from '../../modules/python-modules.ts';
import { pythonSafeModules } from '../../modules/python-safe-modules.ts';
import { childOf } from '../../parse/syntax-tree.ts';
import type { PythonRule } from '../../rule.ts';

const grouped = new Set<string>(Object.values(pythonModuleGroups).flatMap(({ modules }) => [...modules]));

export const borrowedModule: PythonRule = {
  id: 'py-borrowed-module',
  severity: 'medium',
  title: 'It reaches the module {name} without importing it.',
  cause: 'A safe module that imports a dangerous one for itself hands it on: `random._os`, `logging.sys`.',
  explanation:
    'A dangerous module as a member of another module, out of `sys.modules` or by a name that is made.',
  hint: 'Leave {name} alone; compute in-process with safe modules.',
  denied: 'import random\nprint(random._os.getcwd())\n',
  allowed: 'import random\nprint(random.random())\n',
  *find({ byType }) {
    for (const type of ['attribute', 'subscript', 'call']) {
      for (const node of byType.get(type) ?? []) {
        const { reference, isConcealed } = node;
        if (!isConcealed || reference === null || childOf(node, 'object')?.reference === reference) continue;
        const found = listedAs(reference, grouped);
        if (found === reference && !pythonSafeModules.has(reference))
          yield { node, name: reference, module: reference };
      }
    }
    for (const node of byType.get('import_from_statement') ?? []) {
      for (const item of node.children.filter(({ field }) => field === 'name')) {
        if (item.reference !== null && item.isConcealed)
          yield { node, name: item.reference, module: item.reference };
      }
    }
  },
};
