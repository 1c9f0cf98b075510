import type { PythonRule } from '../../rule.ts';
import { miningText } from '../../texts/sensitive-paths.ts';
import { matchingTexts } from '../matching-texts.ts';

export const mining: PythonRule = {
  id: 'py-mining',
  severity: 'high',
  title: 'It mines cryptocurrency ({name}).',
  cause: 'It turns computing time that somebody else pays for into money.',
  explanation:
    'Names of miners, pools and their protocol, in a program that uses the network or starts commands.',
  hint: 'Run something else.',
  denied: 'import subprocess\nsubprocess.run(["xmrig", "-o", "stratum+tcp://pool.example:3333"])\n',
  allowed: 'print("xmrig is a miner")\n',
  *find({ texts, usesNetwork, runsCommands }) {
    if (usesNetwork || runsCommands) yield* matchingTexts(texts, miningText);
  },
};
