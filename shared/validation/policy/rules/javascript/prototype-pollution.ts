import { isText } from '../../known-values.ts';
import { childOf, textOf } from '../../parse/syntax-tree.ts';
import type { JavaScriptRule } from '../../rule.ts';
import { stepsTo } from './steps-to.ts';

export const prototypePollution: JavaScriptRule = {
  id: 'js-prototype-pollution',
  severity: 'high',
  title: 'It changes what every object inherits ({name}).',
  cause: 'A member of `Object.prototype` is a member of every object, also of those that check.',
  explanation:
    'Writes to `Object.prototype`, `__proto__` and `constructor.prototype`, also by `defineProperty`, `assign`, `setPrototypeOf` and JSON with such keys. Methods for classes of your own are fine.',
  hint: 'Put methods on your own classes, and use Object.create(null) or a Map for keys from outside.',
  denied: 'Object.prototype.isAdmin = true;\n',
  allowed: 'function Animal() {}\nAnimal.prototype.speak = () => "hi";\n',
  *find({ tree, byType, calls, texts }) {
    for (const type of ['assignment_expression', 'augmented_assignment_expression']) {
      for (const node of byType.get(type) ?? []) {
        const left = childOf(node, 'left');
        if (left === null || !/^(?:member|subscript)_expression$/.test(left.type)) continue;
        const steps = stepsTo(tree, left).slice(1);
        const isShared =
          /^(?:Object|Function)\s*(?:\.prototype|\[["']prototype["']\])\s*[.[]/.test(
            textOf(tree, left)
              .slice(0, 200)
              .replaceAll(/[()]|\s+as\s+\w+/g, ''),
          ) || steps.includes('__proto__');
        if (isShared || (steps[0] === 'prototype' && steps[1] === 'constructor'))
          yield { node, name: textOf(tree, left) };
      }
    }
    for (const { node, reference, arguments: given } of calls) {
      const isChange =
        /^(?:Object\.(?:define\w+|assign|setPrototypeOf)|Reflect\.(?:set|define\w+|setPrototypeOf))$/.test(
          reference,
        );
      const target = given[0] === undefined ? '' : textOf(tree, given[0]).slice(0, 200);
      if (
        isChange &&
        /^(?:Object|Function|Array)\.prototype$|__proto__$|\.constructor\.prototype$/.test(target)
      )
        yield { node, name: target };
    }
    if (!/parse|merge|assign|extend|set/i.test(tree.source)) return;
    for (const { node, text } of texts) {
      if (
        isText(text) &&
        /["']__proto__["']\s*:|^__proto__[.[]|["']?constructor["']?\s*:\s*\{\s*["']?prototype|^constructor\.prototype/.test(
          text.slice(0, 4_000),
        )
      )
        yield { node, name: '__proto__' };
    }
  },
};
