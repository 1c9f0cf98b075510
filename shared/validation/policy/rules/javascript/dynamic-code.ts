import { isCodeRunner } from '../../javascript/names.ts';
import { isText } from '../../known-values.ts';
import { childOf, type SyntaxNode } from '../../parse/syntax-tree.ts';
import type { JavaScriptRule } from '../../rule.ts';

/** The name of what is declared, not a use of it. */
function isBound({ field, parent }: SyntaxNode): boolean {
  return (
    field === 'name' ||
    field === 'key' ||
    parent?.type === 'formal_parameters' ||
    parent?.type === 'type_identifier'
  );
}

/** `x instanceof Function` */
function isTested({ field, parent }: SyntaxNode): boolean {
  return parent?.type === 'binary_expression' && field === 'right';
}

export const dynamicCode: JavaScriptRule = {
  id: 'js-dynamic-code',
  severity: 'medium',
  title: '{name} runs text as code.',
  cause: 'Code that is made while the program runs is code that no check has seen.',
  explanation:
    'Any use of `eval` and `Function`, called or passed on; timers that are given a text; modules whose name is computed.',
  hint: 'Write the code down instead of passing text to {name}; use JSON.parse for data.',
  denied: 'console.log(eval("1 + 1"));\n',
  allowed: 'setTimeout(() => console.log(1), 10);\n',
  *find({ byType, calls }) {
    for (const type of ['identifier', 'member_expression', 'subscript_expression']) {
      for (const node of byType.get(type) ?? []) {
        if (isCodeRunner(node.reference) && !isBound(node) && !isTested(node))
          yield { node, name: node.reference ?? '' };
      }
    }
    for (const { node, reference, arguments: given } of calls) {
      const isTextual = isText(given[0]?.value) || given[0]?.type === 'binary_expression';
      if (/^set(?:Timeout|Interval|Immediate)$/.test(reference) && isTextual) yield { node, name: reference };
      if (reference === 'require' && given[0] !== undefined && given[0].value === null)
        yield { node, name: reference };
    }
    for (const node of byType.get('call_expression') ?? []) {
      const [first] = childOf(node, 'arguments')?.children ?? [];
      if (childOf(node, 'function')?.type === 'import' && first?.value === null)
        yield { node, name: 'import()' };
    }
  },
};
