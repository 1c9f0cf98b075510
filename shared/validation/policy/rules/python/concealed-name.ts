import { isText } from '../../known-values.ts';
import { childOf, textOf } from '../../parse/syntax-tree.ts';
import { isDangerous } from '../../python/names.ts';
import type { PythonRule } from '../../rule.ts';

const namespaces = /__(?:dict|globals|builtins)__$/;
const runners = /^(?:eval|exec|compile|__import__|open|system|popen|__builtins__|os|sys|subprocess)$/;

export const concealedName: PythonRule = {
  id: 'py-concealed-name',
  severity: 'high',
  title: 'It reaches {name} by a detour that hides the name.',
  cause: 'Nobody who just wants to use something hides its name.',
  explanation:
    'What runs code, starts commands or opens files, reached by `getattr`, a namespace (`globals()`, `__dict__`, `sys.modules`, `__builtins__`), an index or a name that is put together or decoded.',
  hint: 'Write {name} down where it is used, or leave it out.',
  denied: 'run = getattr(__import__("o" + "s"), "sys" + "tem")\nrun("id")\n',
  allowed: 'import shutil\nprint(getattr(shutil, "which")("ls"))\n',
  *find({ tree, byType }) {
    for (const type of ['attribute', 'subscript', 'call', 'identifier']) {
      for (const node of byType.get(type) ?? []) {
        if (
          node.isConcealed &&
          isDangerous(node.reference) &&
          childOf(node, 'object')?.reference !== node.reference
        ) {
          yield { node, name: node.reference ?? '' };
        }
      }
    }
    for (const node of byType.get('subscript') ?? []) {
      const [owner, index] = [childOf(node, 'value'), childOf(node, 'subscript')];
      const isNamespace = owner?.type === 'attribute' && namespaces.test(textOf(tree, owner).slice(-14));
      if (isNamespace && isText(index?.value) && runners.test(index.value)) yield { node, name: index.value };
    }
  },
};
