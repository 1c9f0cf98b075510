import type { PythonRule } from '../../rule.ts';
import { mentionsOf } from './mentions-of.ts';

const openers = new Set(['open', 'io.open', 'codecs.open']);

export const openFile: PythonRule = {
  id: 'py-open-file',
  severity: 'medium',
  title: '{name} reads and writes files.',
  cause: 'Files are how a program looks for what is not its own.',
  explanation: 'Any use of the builtin `open`, called or passed on.',
  hint: 'Take input from context or stdin and print the result.',
  denied: 'with open("out.txt", "w") as file:\n    file.write("x")\n',
  allowed: 'class Door:\n    def open(self):\n        return True\n\n\nprint(Door().open())\n',
  find: (facts) => mentionsOf(facts, openers),
};
