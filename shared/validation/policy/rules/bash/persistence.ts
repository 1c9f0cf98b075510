import type { BashRule } from '../../rule.ts';
import { hostileCommands } from '../../texts/hostile-commands.ts';
import { matchingLines } from './matching-lines.ts';

export const persistence: BashRule = {
  id: 'sh-persistence',
  severity: 'high',
  title: 'It makes itself start again or lets somebody in ({name}).',
  cause: 'A sandbox is thrown away after one program; what wants to stay is not for it.',
  explanation: '`crontab`, startup files, `authorized_keys`, new users, `LD_PRELOAD` and services.',
  hint: 'Do the work once, now.',
  denied: 'echo "* * * * * id" | crontab -\n',
  allowed: 'echo "alias a=b" > aliases.txt\n',
  find: (facts) => matchingLines(facts, hostileCommands.persistence.pattern),
};
