import type { PythonRule } from '../../rule.ts';
import { sensitivePath } from '../../texts/sensitive-paths.ts';
import { matchingTexts } from '../matching-texts.ts';

export const sensitiveFile: PythonRule = {
  id: 'py-sensitive-file',
  severity: 'high',
  title: 'It is after {name}.',
  cause: 'Such files hold credentials, the memory of processes or the raw machine.',
  explanation:
    'Paths such as `/etc/shadow`, `/proc/self/environ`, `~/.aws/credentials`, keys of ssh, the socket of docker and raw devices in a program that opens files or starts commands. A program that does neither may name them.',
  hint: 'Leave {name} alone; a sandbox has nothing of worth there.',
  denied: 'print(open("/etc/shadow").read())\n',
  allowed: 'print("never read /etc/shadow")\n',
  *find({ texts, usesFiles, runsCommands }) {
    if (usesFiles || runsCommands) yield* matchingTexts(texts, sensitivePath);
  },
};
