import type { BashRule } from '../../rule.ts';
import { hostileCommands } from '../../texts/hostile-commands.ts';
import { matchingLines } from './matching-lines.ts';

export const containerEscape: BashRule = {
  id: 'sh-container-escape',
  severity: 'high',
  title: 'It tries to leave its container ({name}).',
  cause: 'These are the tools and files by which containers are left.',
  explanation:
    '`nsenter`, `unshare`, `mount`, `chroot`, kernel modules, set-user-id bits, `docker.sock`, `release_agent`.',
  hint: 'Leave it out; the sandbox grants none of it.',
  denied: 'nsenter -t 1 -m -p bash\n',
  allowed: 'df -h .\n',
  find: (facts) => matchingLines(facts, hostileCommands.escape.pattern),
};
