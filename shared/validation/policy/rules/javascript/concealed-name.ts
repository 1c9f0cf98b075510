import { isDangerous } from '../../javascript/names.ts';
import { childOf } from '../../parse/syntax-tree.ts';
import type { JavaScriptRule } from '../../rule.ts';

export const concealedName: JavaScriptRule = {
  id: 'js-concealed-name',
  severity: 'high',
  title: 'It reaches {name} by a detour that hides the name.',
  cause: 'Nobody who just wants to use something hides its name.',
  explanation:
    'What runs code, starts commands or loads modules, reached by a constructor chain, an index, `Reflect` or a name that is put together, escaped or decoded.',
  hint: 'Write {name} down where it is used, or leave it out.',
  denied: 'globalThis["ev" + "al"]("1");\n',
  allowed: 'const key = "lo" + "g";\nconsole[key](1);\n',
  *find({ byType }) {
    for (const type of ['identifier', 'member_expression', 'subscript_expression', 'call_expression']) {
      for (const node of byType.get(type) ?? []) {
        const owner = childOf(node, 'object') ?? childOf(node, 'function');
        const isNew = node.isConcealed && owner?.isConcealed !== true;
        if (isNew && isDangerous(node.reference)) yield { node, name: node.reference ?? '' };
        else if (isNew && type === 'call_expression' && node.reference !== null)
          yield { node, name: node.reference };
      }
    }
  },
};
