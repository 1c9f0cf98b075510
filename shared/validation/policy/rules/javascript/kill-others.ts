import { textOf } from '../../parse/syntax-tree.ts';
import type { JavaScriptRule } from '../../rule.ts';

export const killOthers: JavaScriptRule = {
  id: 'js-kill-others',
  severity: 'high',
  title: 'It signals processes that are not its own ({name}).',
  cause: 'Process 1 and everybody (-1) are what keeps the sandbox in order.',
  explanation: '`process.kill` with 1, 0, -1 or the parent.',
  hint: 'Signal the processes that you started, by their id.',
  denied: 'process.kill(-1, "SIGKILL");\n',
  allowed: 'process.kill(process.pid, "SIGTERM");\n',
  *find({ tree, calls }) {
    for (const { node, reference, arguments: given } of calls) {
      const [target] = given;
      if (reference !== 'process.kill' || target === undefined) continue;
      const text = textOf(tree, target);
      const isOther =
        /^-?[01]$/.test(text.replaceAll(/\s/g, '')) ||
        /ppid/.test(text) ||
        new RegExp(`for\\s*\\(\\s*(?:let|var)\\s+${/^\w{1,40}$/.test(text) ? text : '-'}\\b`).test(
          tree.source,
        );
      if (isOther) yield { node, name: text };
    }
  },
};
