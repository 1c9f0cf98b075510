import { textOf } from '../../parse/syntax-tree.ts';
import type { PythonRule } from '../../rule.ts';

export const killOthers: PythonRule = {
  id: 'py-kill-others',
  severity: 'high',
  title: 'It signals processes that are not its own ({name}).',
  cause: 'Process 1 and everybody (-1) are what keeps the sandbox in order.',
  explanation: '`os.kill` and `os.killpg` with 1, 0, -1, a parent or every number of a loop.',
  hint: 'Signal the processes that you started, by their id.',
  denied: 'import os, signal\nos.kill(-1, signal.SIGKILL)\n',
  allowed: 'import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n',
  *find({ tree, calls }) {
    for (const { node, reference, arguments: given } of calls) {
      const [target] = given;
      if (!/^(?:os|posix|signal)\.(?:kill|killpg|pidfd_send_signal)$/.test(reference) || target === undefined)
        continue;
      const text = textOf(tree, target);
      const isOther =
        [1, 0, -1].includes(Number(target.value ?? 2)) ||
        /getppid\(\)|int\(/.test(text) ||
        tree.source.includes(`for ${text} in range(`);
      if (isOther) yield { node, name: text };
    }
  },
};
