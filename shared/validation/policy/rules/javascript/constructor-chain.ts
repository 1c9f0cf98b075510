import { childOf } from '../../parse/syntax-tree.ts';
import type { JavaScriptRule } from '../../rule.ts';
import { stepsTo } from './steps-to.ts';

export const constructorChain: JavaScriptRule = {
  id: 'js-constructor-chain',
  severity: 'high',
  title: 'It gets Function by the constructor of a constructor.',
  cause:
    'It is how programs leave a jail of JavaScript alone: `Function` runs text outside the scope that was locked.',
  explanation:
    '`x.constructor.constructor`, the constructor of a function, and the same by index; also in two steps. `this.constructor` alone is fine.',
  hint: 'Write the function down; use this.constructor.name for the name of a class.',
  denied: 'const run = [].constructor.constructor;\nrun("return process")();\n',
  allowed: 'class A {\n  name() {\n    return this.constructor.name;\n  }\n}\nconsole.log(new A().name());\n',
  *find({ tree, byType }) {
    for (const type of ['member_expression', 'subscript_expression']) {
      for (const node of byType.get(type) ?? []) {
        const steps = stepsTo(tree, node);
        if (steps[0] === 'constructor' && steps[1] === 'constructor') yield { node };
        else if (steps[0] === 'constructor' && node.reference === 'Function') yield { node };
      }
    }
    for (const node of byType.get('call_expression') ?? []) {
      const [first] = childOf(node, 'arguments')?.children ?? [];
      if (
        childOf(node, 'function')?.reference === '(constructor)' &&
        /return\s|process|require|globalThis/.test(String(first?.value ?? ''))
      )
        yield { node };
    }
  },
};
