import type { JavaScriptRule } from '../../rule.ts';

const network = /^(?:fetch|WebSocket|XMLHttpRequest|EventSource|importScripts|navigator)$/;

export const networkUse: JavaScriptRule = {
  id: 'js-network-use',
  severity: 'medium',
  title: '{name} opens connections.',
  cause: 'Sandboxes have no network; what asks for one wants data out, or code in.',
  explanation:
    'Any use of `fetch`, `WebSocket`, `XMLHttpRequest`, `EventSource`, `importScripts` and `navigator`.',
  hint: 'Pass the data in by context, stdin or files.',
  denied: 'await fetch("http://a.example/");\n',
  allowed: 'const fetchAll = async () => [1];\nconsole.log(await fetchAll());\n',
  *find({ byType }) {
    for (const node of byType.get('identifier') ?? []) {
      if (network.test(node.reference ?? '') && node.field !== 'name')
        yield { node, name: node.reference ?? '' };
    }
  },
};
