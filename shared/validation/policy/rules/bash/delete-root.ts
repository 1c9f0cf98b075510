import type { BashRule } from '../../rule.ts';
import { hostileCommands } from '../../texts/hostile-commands.ts';
import { matchingLines } from './matching-lines.ts';

export const deleteRoot: BashRule = {
  id: 'sh-delete-root',
  severity: 'high',
  title: 'It deletes what it did not make ({name}).',
  cause: 'It destroys the system or the data of others wherever it is let out.',
  explanation:
    '`rm -r`, `find -delete`, `shred`, `chmod` and `mv` on the root, a folder of the system or the home.',
  hint: 'Delete files of the working directory only.',
  denied: 'rm -rf /\n',
  allowed: 'rm -rf build /tmp/work\n',
  find: (facts) => matchingLines(facts, hostileCommands.deleteRoot.pattern),
};
