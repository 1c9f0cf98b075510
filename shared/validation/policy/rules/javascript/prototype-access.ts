import { childOf, textOf } from '../../parse/syntax-tree.ts';
import type { JavaScriptRule } from '../../rule.ts';
import { stepsTo } from './steps-to.ts';

export const prototypeAccess: JavaScriptRule = {
  id: 'js-prototype-access',
  severity: 'medium',
  title: '{name} reaches the prototype that others share.',
  cause: 'What is changed there changes for everybody.',
  explanation:
    'Any use of `__proto__`, `__defineGetter__` and the like, and members of a builtin prototype that are replaced.',
  hint: 'Use Object.getPrototypeOf, or a class.',
  denied: 'console.log({}.__proto__);\n',
  allowed: 'class A {}\nclass B extends A {}\nconsole.log(new B());\n',
  *find({ tree, byType }) {
    for (const type of ['member_expression', 'subscript_expression']) {
      for (const node of byType.get(type) ?? []) {
        const [last = ''] = stepsTo(tree, node);
        if (/^__(?:proto|(?:define|lookup)(?:Getter|Setter)__|count)/.test(last)) yield { node, name: last };
      }
    }
    for (const node of byType.get('assignment_expression') ?? []) {
      const left = childOf(node, 'left');
      const text = left === null ? '' : textOf(tree, left).slice(0, 200);
      if (
        /^(?:Array|String|Number|Function|Promise|Map|Set|RegExp|Error|Symbol|Date)\.prototype\s*[.[]/.test(
          text,
        )
      )
        yield { node, name: text };
    }
  },
};
