import type { BashRule } from '../../rule.ts';
import { hostileCommands } from '../../texts/hostile-commands.ts';
import { matchingLines } from './matching-lines.ts';

export const deviceWrite: BashRule = {
  id: 'sh-device-write',
  severity: 'high',
  title: 'It writes to a device ({name}).',
  cause: 'Raw devices and memory lie below every permission of files.',
  explanation:
    '`dd of=/dev/…`, a redirection to a disk or memory, `mkfs` and the like; `/dev/null` and the streams are fine.',
  hint: 'Write to files of the working directory.',
  denied: 'dd if=/dev/zero of=/dev/sda\n',
  allowed: 'echo hi > /dev/null\n',
  find: (facts) => matchingLines(facts, hostileCommands.deviceWrite.pattern),
};
