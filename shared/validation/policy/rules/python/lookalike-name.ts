import { textOf } from '../../parse/syntax-tree.ts';
import { canonical } from '../../python/names.ts';
import type { PythonRule } from '../../rule.ts';

export const lookalikeName: PythonRule = {
  id: 'py-lookalike-name',
  severity: 'high',
  title: 'The identifier is {name} written with other letters.',
  cause: 'Python reads `ｅｖａｌ` as `eval` (PEP 3131); a check that compares letters does not.',
  explanation:
    'Identifiers with letters outside ASCII whose normal form is ASCII. Identifiers in other scripts are fine.',
  hint: 'Write {name} with ordinary letters.',
  denied: 'print(ｅｖａｌ("1"))\n',
  allowed: 'größe = 3\nprint(größe)\n',
  *find({ tree, byType }) {
    if (!/[^\p{ASCII}]/u.test(tree.source)) return;
    for (const node of byType.get('identifier') ?? []) {
      const text = textOf(tree, node);
      const name = canonical(text);
      if (name !== text && /^[\x20-\x7e]+$/.test(name) && name.length > 2) yield { node, name };
    }
  },
};
