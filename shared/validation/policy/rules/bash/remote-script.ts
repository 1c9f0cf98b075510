import type { BashRule } from '../../rule.ts';
import { hostileCommands } from '../../texts/hostile-commands.ts';
import { matchingLines } from './matching-lines.ts';

export const remoteScript: BashRule = {
  id: 'sh-remote-script',
  severity: 'high',
  title: 'It runs a script from the network ({name}).',
  cause: 'What runs is whatever the address answers with at that moment.',
  explanation:
    'The output of `curl` or `wget` given to a shell or interpreter, by a pipe, a substitution or by way of a file.',
  hint: 'Put the script into the program or its files.',
  denied: 'curl -s http://a.example/x.sh | bash\n',
  allowed: 'curl -s http://a.example/data.csv | sort\n',
  find: (facts) => matchingLines(facts, hostileCommands.remoteScript.pattern),
};
