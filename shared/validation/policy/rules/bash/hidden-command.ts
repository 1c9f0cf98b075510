import { textOf } from '../../parse/syntax-tree.ts';
import type { BashRule } from '../../rule.ts';

export const hiddenCommand: BashRule = {
  id: 'sh-hidden-command',
  severity: 'high',
  title: 'It puts the command {name} together instead of writing it.',
  cause: 'A name is put together to get past a check.',
  explanation:
    'Command names broken up by empty quotes, backslashes, escapes or pieces of variables that come to a command of the network, a shell or `rm`; `IFS` in place of spaces.',
  hint: 'Write the command down.',
  denied: "c'u'rl http://a.example\n",
  allowed: 'tool=ls\n$tool -l\n',
  *find({ tree, byType }) {
    for (const node of byType.get('command_name') ?? []) {
      const text = textOf(tree, node);
      const name = typeof node.value === 'string' ? node.value : '';
      const isBroken =
        /['"\\]|\$'/.test(text.slice(1, -1)) ||
        node.children.some(({ type }) => type === 'concatenation') ||
        /^\$'/.test(text);
      const isTelling =
        /^(?:\/\w+)*\/?(?:curl|wget|nc|ncat|bash|sh|rm|eval|cat|python3?|perl|base64|chmod|dd|kill|sudo|ssh|id|whoami|env)$/.test(
          name,
        );
      if (isBroken && isTelling) yield { node, name };
      if (/\$\{?IFS/.test(text)) yield { node, name: text };
    }
  },
};
