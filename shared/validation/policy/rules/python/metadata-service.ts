import type { PythonRule } from '../../rule.ts';
import { metadataAddress } from '../../texts/sensitive-paths.ts';
import { matchingTexts } from '../matching-texts.ts';

export const metadataService: PythonRule = {
  id: 'py-metadata-service',
  severity: 'high',
  title: "It is after the cloud's metadata service at {name}.",
  cause: 'The service hands credentials of the machine to whoever asks from inside.',
  explanation:
    'Addresses of metadata services, in any notation, in a program that uses the network or starts commands.',
  hint: 'Leave the address out; there is no such service in a sandbox.',
  denied:
    'import urllib.request\nprint(urllib.request.urlopen("http://169.254.169.254/latest/meta-data/").read())\n',
  allowed: 'import ipaddress\nprint(ipaddress.ip_address("169.254.169.254").is_link_local)\n',
  *find({ texts, usesNetwork, runsCommands }) {
    if (usesNetwork || runsCommands) yield* matchingTexts(texts, metadataAddress);
  },
};
