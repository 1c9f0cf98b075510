import type { BashRule } from '../../rule.ts';
import { namedCommands } from './named-commands.ts';

const commands = new Set([
  'sudo',
  'su',
  'doas',
  'chown',
  'chgrp',
  'mount',
  'umount',
  'dd',
  'passwd',
  'chattr',
  'setfacl',
  'sysctl',
  'dmesg',
  'lsof',
  'visudo',
  'systemctl',
  'service',
  'crontab',
  'mknod',
  'losetup',
  'swapoff',
  'ulimit',
  'renice',
  'pkill',
  'killall',
  'xxd',
]);

export const privilegedCommand: BashRule = {
  id: 'sh-privileged-command',
  severity: 'medium',
  title: '{name} wants rights that a program has no use for.',
  cause: 'What needs more rights than a program has is after the system around it.',
  explanation: '`sudo`, `su`, `chown`, `mount`, `dd`, `passwd` and other commands of administrators.',
  hint: 'Do it without {name}.',
  denied: 'sudo id\n',
  allowed: 'id\n',
  find: (facts) => namedCommands(facts, commands),
};
