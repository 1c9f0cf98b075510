import type { JavaScriptRule } from '../../rule.ts';
import { metadataAddress } from '../../texts/sensitive-paths.ts';
import { matchingTexts } from '../matching-texts.ts';

export const metadataService: JavaScriptRule = {
  id: 'js-metadata-service',
  severity: 'high',
  title: "It is after the cloud's metadata service at {name}.",
  cause: 'The service hands credentials of the machine to whoever asks from inside.',
  explanation:
    'Addresses of metadata services, in any notation, in a program that uses the network or starts commands.',
  hint: 'Leave the address out; there is no such service in a sandbox.',
  denied: 'await fetch("http://169.254.169.254/latest/meta-data/");\n',
  allowed: 'console.log("169.254.169.254".split("."));\n',
  *find({ texts, usesNetwork, runsCommands }) {
    if (usesNetwork || runsCommands) yield* matchingTexts(texts, metadataAddress);
  },
};
