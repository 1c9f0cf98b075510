import type { JavaScriptRule } from '../../rule.ts';
import { miningText } from '../../texts/sensitive-paths.ts';
import { matchingTexts } from '../matching-texts.ts';

export const mining: JavaScriptRule = {
  id: 'js-mining',
  severity: 'high',
  title: 'It mines cryptocurrency ({name}).',
  cause: 'It turns computing time that somebody else pays for into money.',
  explanation:
    'Names of miners, pools and their protocol, in a program that uses the network or starts commands.',
  hint: 'Run something else.',
  denied: 'require("net").connect("stratum+tcp://pool.example:3333");\n',
  allowed: 'console.log("xmrig is a miner");\n',
  *find({ texts, usesNetwork, runsCommands }) {
    if (usesNetwork || runsCommands) yield* matchingTexts(texts, miningText);
  },
};
