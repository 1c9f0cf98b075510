import type { BashRule } from '../../rule.ts';
import { hostileCommands } from '../../texts/hostile-commands.ts';
import { matchingLines } from './matching-lines.ts';

export const decodedScript: BashRule = {
  id: 'sh-decoded-script',
  severity: 'high',
  title: 'It runs text that it decodes first ({name}).',
  cause: 'The script that counts is not the one that was sent in.',
  explanation:
    '`base64 -d`, `xxd -r`, `rev`, `tr` or escapes of `printf` whose output goes to a shell or `eval`.',
  hint: 'Send the commands as they are.',
  denied: 'echo aWQ= | base64 -d | sh\n',
  allowed: 'echo aGk= | base64 -d | wc -c\n',
  find: (facts) => matchingLines(facts, hostileCommands.decodedScript.pattern),
};
