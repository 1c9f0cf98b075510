import type { PythonRule } from '../../rule.ts';

/** https://www.unicode.org/reports/tr55/ */
const controls = /[\u202a-\u202e\u2066-\u2069]/;

export const hiddenText: PythonRule = {
  id: 'py-hidden-text',
  severity: 'medium',
  title: 'The source has characters that change the direction of text.',
  cause: 'What a reader sees is another program than what runs.',
  explanation: 'Bidirectional control characters anywhere in the source (Trojan Source, CVE-2021-42574).',
  hint: 'Remove the control characters, or write them as escapes.',
  denied: 'print("a\u202eb")\n',
  allowed: 'print("a\\u202eb")\n',
  *find({ tree }) {
    if (controls.test(tree.source)) yield { node: tree.root };
  },
};
