import { isText } from '../../known-values.ts';
import { innerAttributes } from '../../python/names.ts';
import type { PythonRule } from '../../rule.ts';

const hiddenNames = new Set([
  ...innerAttributes,
  '__import__',
  '__builtins__',
  'os.system',
  'subprocess',
  '/bin/sh',
  '/bin/bash',
  'eval',
  'exec',
  'builtins',
  'importlib',
]);
hiddenNames.delete('mro');

export const concealedText: PythonRule = {
  id: 'py-concealed-text',
  severity: 'high',
  title: 'It puts the name {name} together instead of writing it.',
  cause: 'A name is put together to get past a check.',
  explanation:
    'Text that is joined, reversed, decoded, escaped or made of codes and comes to a name inside the interpreter, or of what runs code.',
  hint: 'Write {name} down if it is needed; under most policies it is not.',
  denied: 'print(getattr(int, "__cl" + "ass__"))\n',
  allowed: 'print("__" + "init" + "__")\n',
  *find({ tree }) {
    for (const node of tree.nodes) {
      if (
        node.isComputed &&
        node.type !== 'identifier' &&
        isText(node.value) &&
        hiddenNames.has(node.value)
      ) {
        yield { node, name: node.value };
      }
    }
  },
};
