import { childOf } from '../../parse/syntax-tree.ts';
import type { JavaScriptRule } from '../../rule.ts';

const plain =
  /^process\.(?:argv|stdin|stdout|stderr|exit|exitCode|hrtime|memoryUsage|nextTick|on|once|off|uptime|version|versions|platform|cwd|emitWarning|argv0)(?:\.|$)/;

export const processUse: JavaScriptRule = {
  id: 'js-process-use',
  severity: 'medium',
  title: '{name} reaches the process around the program.',
  cause: 'It tells of the environment, ends the process and loads what is native.',
  explanation:
    '`process` but for `argv`, `stdin`, `stdout`, `stderr`, `exit`, `exitCode`, `hrtime`, `memoryUsage`, `nextTick`, `on` and the like; `Deno` and `Bun`.',
  hint: 'Read input from the variable context; leave {name} alone.',
  denied: 'console.log(process.env);\n',
  allowed: 'process.stdout.write("hi");\nprocess.exit(0);\n',
  *find({ byType }) {
    for (const type of ['identifier', 'member_expression', 'subscript_expression']) {
      for (const node of byType.get(type) ?? []) {
        const reference = node.reference ?? '';
        if (!/^(?:process|Deno|Bun)(?:\.|$)/.test(reference) || node.field === 'name') continue;
        const isInside = node.parent !== null && childOf(node.parent, 'object') === node;
        if (isInside ? false : !plain.test(reference)) yield { node, name: reference };
      }
    }
  },
};
