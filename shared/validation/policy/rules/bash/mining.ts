import type { BashRule } from '../../rule.ts';
import { miningText } from '../../texts/sensitive-paths.ts';
import { matchingLines } from './matching-lines.ts';

export const mining: BashRule = {
  id: 'sh-mining',
  severity: 'high',
  title: 'It mines cryptocurrency ({name}).',
  cause: 'It turns computing time that somebody else pays for into money.',
  explanation: 'Names of miners, pools and their protocol in a command other than `echo`.',
  hint: 'Run something else.',
  denied: './xmrig -o stratum+tcp://pool.example:3333\n',
  allowed: 'echo "xmrig is a miner"\n',
  find: (facts) => matchingLines(facts, miningText),
};
