import { childOf, textOf } from '../../parse/syntax-tree.ts';
import { isDangerous } from '../../python/names.ts';
import type { PythonRule } from '../../rule.ts';

/** Builtins whose replacement everybody would call. */
const builtins =
  /^(?:__builtins__|builtins)(?:\.__dict__)?(?:\.|\[["'])(?:__import__|__build_class__|eval|exec|compile)\b/;

export const callHook: PythonRule = {
  id: 'py-call-hook',
  severity: 'high',
  title: '{name} is run without a call that could be seen.',
  cause: 'A decorator or an operator calls it, so that no call of it is in the program.',
  explanation:
    '`eval`, `exec` or what starts commands as a decorator or as a special method such as `__getitem__`; builtins that are replaced.',
  hint: 'Call functions by calling them.',
  denied: '@exec\n@input\nclass X:\n    pass\n',
  allowed: '@property\ndef area(self):\n    return 1\n',
  *find({ tree, byType }) {
    for (const node of byType.get('decorator') ?? []) {
      const [target] = node.children.slice(-1);
      if (target !== undefined && isDangerous(target.reference)) yield { node, name: target.reference ?? '' };
    }
    for (const node of byType.get('assignment') ?? []) {
      const [left, right] = [childOf(node, 'left'), childOf(node, 'right')];
      if (left === null) continue;
      const isSpecial = /^builtins\.|(?:^|\.)__(?!name__|doc__|all__|slots__)\w+__$/.test(textOf(tree, left));
      if (isSpecial && isDangerous(right?.reference ?? null)) yield { node, name: right?.reference ?? '' };
      const isBuiltin = builtins.test(textOf(tree, left));
      if (isBuiltin) yield { node, name: textOf(tree, left).slice(0, 60) };
    }
    for (const node of byType.get('return_statement') ?? []) {
      const first = node.children.find(({ type }) => type === 'tuple' || type === 'expression_list')
        ?.children[0];
      let around = node.parent;
      while (around !== null && around.type !== 'function_definition') around = around.parent;
      const method = around === null ? null : childOf(around, 'name');
      if (method !== null && /^__reduce/.test(textOf(tree, method)) && isDangerous(first?.reference ?? null))
        yield { node, name: first?.reference ?? '' };
    }
  },
};
