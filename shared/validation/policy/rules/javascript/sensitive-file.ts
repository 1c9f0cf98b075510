import type { JavaScriptRule } from '../../rule.ts';
import { sensitivePath } from '../../texts/sensitive-paths.ts';
import { matchingTexts } from '../matching-texts.ts';

export const sensitiveFile: JavaScriptRule = {
  id: 'js-sensitive-file',
  severity: 'high',
  title: 'It is after {name}.',
  cause: 'Such files hold credentials, the memory of processes or the raw machine.',
  explanation:
    'Paths such as `/etc/shadow`, `/proc/self/environ` and `~/.aws/credentials` in a program that opens files or starts commands.',
  hint: 'Leave {name} alone; a sandbox has nothing of worth there.',
  denied: 'require("fs").readFileSync("/etc/shadow");\n',
  allowed: 'console.log("never read /etc/shadow");\n',
  *find({ texts, usesFiles, runsCommands }) {
    if (usesFiles || runsCommands) yield* matchingTexts(texts, sensitivePath);
  },
};
