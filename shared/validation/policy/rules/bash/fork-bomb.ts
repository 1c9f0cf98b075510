import { childOf, textOf } from '../../parse/syntax-tree.ts';
import type { BashRule } from '../../rule.ts';
import { hostileCommands } from '../../texts/hostile-commands.ts';

export const forkBomb: BashRule = {
  id: 'sh-fork-bomb',
  severity: 'high',
  title: 'It starts processes without end.',
  cause: 'They use up what the sandbox has in a moment, and try for what its host has.',
  explanation:
    'A function, under any name, that calls itself into a pipe or the background; an endless loop that only starts background jobs; a script that starts itself.',
  hint: 'Start as many jobs as there is work for, and wait for them.',
  denied: ':(){ :|:& };:\n',
  allowed: 'count() { echo "$1"; }\ncount 1 &\nwait\n',
  *find({ tree, byType }) {
    for (const node of byType.get('function_definition') ?? []) {
      const [name, body] = [childOf(node, 'name'), childOf(node, 'body')];
      if (name === null || body === null) continue;
      const word = textOf(tree, name).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
      const text = textOf(tree, body).slice(0, 2_000);
      const isBomb = new RegExp(String.raw`(?:^|[\s{;&|])${word}[^\n]{0,40}(?:\|\s*${word}|&(?!&))`).test(
        text,
      );
      if (isBomb) yield { node };
    }
    const pattern = hostileCommands.forkBomb.pattern;
    const text = tree.source
      .slice(0, 50_000)
      .replaceAll(/\n\s*/g, '; ')
      .replaceAll(/(do|then|\{|;|&)\s*;\s*/g, '$1 ');
    if (pattern.test(text)) yield { node: null };
  },
};
