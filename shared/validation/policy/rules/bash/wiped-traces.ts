import type { BashRule } from '../../rule.ts';
import { hostileCommands } from '../../texts/hostile-commands.ts';
import { matchingLines } from './matching-lines.ts';

export const wipedTraces: BashRule = {
  id: 'sh-wiped-traces',
  severity: 'high',
  title: 'It wipes its traces ({name}).',
  cause: 'Only who has something to hide does.',
  explanation: '`history -c`, `HISTFILE` that leads nowhere, logs that are removed.',
  hint: 'Leave the logs alone.',
  denied: 'history -c\n',
  allowed: 'history | tail\n',
  find: (facts) => matchingLines(facts, hostileCommands.traces.pattern),
};
