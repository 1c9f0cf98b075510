import { isNumber } from '../../known-values.ts';
import { childOf, textOf } from '../../parse/syntax-tree.ts';
import type { JavaScriptRule } from '../../rule.ts';

export const memoryBomb: JavaScriptRule = {
  id: 'js-memory-bomb',
  severity: 'high',
  title: 'It asks for more memory than any sandbox has.',
  cause: 'It ends the process that has to hold it, at best.',
  explanation: 'Arrays and buffers of 2^31 items or more, and texts repeated 2^29 times or more.',
  hint: 'Work on smaller pieces, or with a generator.',
  denied: 'const data = "x".repeat(2 ** 30);\n',
  allowed: 'const data = "x".repeat(1000);\nconsole.log(data.length);\n',
  *find({ tree, byType, calls }) {
    for (const { node, reference, arguments: given } of calls) {
      const size = given[0]?.value ?? null;
      if (/^(?:Buffer\.alloc\w*|Array|Uint8Array)$/.test(reference) && isNumber(size) && size >= 2 ** 31)
        yield { node };
    }
    for (const node of byType.get('call_expression') ?? []) {
      const target = childOf(node, 'function');
      const [first] = childOf(node, 'arguments')?.children ?? [];
      const isRepeat =
        target !== null && /\.(?:repeat|padEnd|padStart)$/.test(textOf(tree, target).slice(-10));
      if (isRepeat && isNumber(first?.value ?? null) && Number(first?.value) >= 2 ** 29) yield { node };
    }
  },
};
