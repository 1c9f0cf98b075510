import { childOf, textOf } from '../../parse/syntax-tree.ts';
import type { PythonRule } from '../../rule.ts';

export const forgedCode: PythonRule = {
  id: 'py-forged-code',
  severity: 'high',
  title: 'It forges code or objects from bytes ({name}).',
  cause: 'Bytecode of its own can read and write any memory; a forged pickle calls what it names.',
  explanation:
    '`CodeType`, a `FunctionType` of loaded code, `__code__` that is replaced, and pickles written by hand.',
  hint: 'Write the function down.',
  denied: 'import marshal, types\nrun = types.FunctionType(marshal.loads(input().encode()), {})\n',
  allowed: 'import types\nprint(types.SimpleNamespace(a=1))\n',
  *find({ tree, calls, byType, texts, imports }) {
    for (const { node, reference, arguments: given } of calls) {
      if (reference === 'types.CodeType' || reference === '_ctypes.PyObj_FromPtr')
        yield { node, name: reference };
      if (reference === 'types.FunctionType' && given[0]?.origin) yield { node, name: reference };
    }
    for (const node of byType.get('assignment') ?? []) {
      const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
      const isForged =
        right !== null && /\.__code__$|CodeType|\bcode\b/.test(textOf(tree, right).slice(-200));
      if (isForged && left?.type === 'attribute' && /\.__code__$/.test(textOf(tree, left)))
        yield { node, name: '__code__' };
    }
    if (!imports.some(({ module }) => /pickle|dill|shelve|joblib/.test(module))) return;
    for (const { text, node } of texts) {
      if (
        /c(?:os|posix|nt|subprocess|builtins|__builtin__|sys|importlib|runpy)\n(?:system|popen|eval|exec\w*|spawn\w*|Popen|call|check_output|run|getattr|__import__|modules|import_module)\n/.test(
          text.slice(0, 2_000),
        )
      )
        yield { node, name: 'a pickle' };
    }
  },
};
