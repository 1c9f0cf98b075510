import type { BashRule } from '../../rule.ts';
import { namedCommands } from './named-commands.ts';

const commands = new Set([
  'eval',
  'source',
  '.',
  'exec',
  'sh',
  'bash',
  'dash',
  'zsh',
  'ksh',
  'busybox',
  'perl',
  'ruby',
  'php',
  'lua',
  'gdb',
  'strace',
  'expect',
  'script',
  'at',
  'batch',
  'nohup',
  'setsid',
  'screen',
  'tmux',
]);

export const madeCommand: BashRule = {
  id: 'sh-made-command',
  severity: 'medium',
  title: '{name} runs text as commands.',
  cause: 'Commands that are made while the script runs are commands that no check has seen.',
  explanation: '`eval`, `source`, `exec`, `trap`, shells with `-c` and interpreters of other languages.',
  hint: 'Write the commands down instead of passing text to {name}.',
  denied: 'eval "$1"\n',
  allowed: 'echo "$1"\n',
  find: (facts) => namedCommands(facts, commands),
};
