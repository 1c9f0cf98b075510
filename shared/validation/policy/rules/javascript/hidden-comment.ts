import type { JavaScriptRule } from '../../rule.ts';

export const hiddenComment: JavaScriptRule = {
  id: 'js-hidden-comment',
  severity: 'medium',
  title: 'A comment begins like one of HTML, or the source has characters that change the direction of text.',
  cause: 'What a reader or this check takes for a comment is code in a module.',
  explanation: '`<!--` as a comment, which modules read as operators, and bidirectional control characters.',
  hint: 'Write comments with // and remove the control characters.',
  denied: 'const x = 1; <!-- hidden\n',
  allowed: '// <!-- fine -->\nconsole.log(1);\n',
  *find({ tree, byType }) {
    for (const node of byType.get('html_comment') ?? []) yield { node };
    if (/[\u202a-\u202e\u2066-\u2069]/.test(tree.source)) yield { node: tree.root };
  },
};
