import type { BashRule } from '../../rule.ts';
import { hostileCommands } from '../../texts/hostile-commands.ts';
import { matchingLines } from './matching-lines.ts';

export const killOthers: BashRule = {
  id: 'sh-kill-others',
  severity: 'high',
  title: 'It ends processes that are not its own ({name}).',
  cause: 'Process 1 and everybody (-1) are what keeps the sandbox in order.',
  explanation: '`kill` of 1 and -1, `killall5`, `shutdown`, `reboot` and the like.',
  hint: 'Signal the processes that you started, by their id.',
  denied: 'kill -9 -1\n',
  allowed: 'sleep 1 &\nkill -9 $!\n',
  find: (facts) => matchingLines(facts, hostileCommands.killOthers.pattern),
};
