import type { BashRule } from '../../rule.ts';
import { metadataAddress } from '../../texts/sensitive-paths.ts';
import { matchingLines } from './matching-lines.ts';

export const metadataService: BashRule = {
  id: 'sh-metadata-service',
  severity: 'high',
  title: "It is after the cloud's metadata service at {name}.",
  cause: 'The service hands credentials of the machine to whoever asks from inside.',
  explanation: 'Addresses of metadata services, in any notation, in a command other than `echo`.',
  hint: 'Leave the address out; there is no such service in a sandbox.',
  denied: 'curl http://169.254.169.254/latest/meta-data/\n',
  allowed: 'echo 169.254.169.254\n',
  find: (facts) => matchingLines(facts, metadataAddress),
};
