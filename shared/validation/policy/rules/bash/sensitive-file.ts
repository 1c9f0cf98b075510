import type { BashRule } from '../../rule.ts';
import { sensitivePath } from '../../texts/sensitive-paths.ts';
import { matchingLines } from './matching-lines.ts';

export const sensitiveFile: BashRule = {
  id: 'sh-sensitive-file',
  severity: 'high',
  title: 'It is after {name}.',
  cause: 'Such files hold credentials, the memory of processes or the raw machine.',
  explanation:
    'Commands with paths such as `/etc/shadow`, `/proc/self/environ`, `~/.aws/credentials` and keys of ssh, but for `echo` alone.',
  hint: 'Leave {name} alone; a sandbox has nothing of worth there.',
  denied: 'cat /etc/shadow\n',
  allowed: 'echo "never read /etc/shadow"\n',
  find: (facts) => matchingLines(facts, sensitivePath),
};
