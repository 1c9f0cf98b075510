import { isCommandRunner } from '../../python/names.ts';
import type { PythonRule } from '../../rule.ts';

const runners =
  /^(?:eval|exec|compile|types\.FunctionType|types\.CodeType|code\.InteractiveInterpreter.*|code\.interact|runpy\.run_\w+)$/;

export const hiddenCode: PythonRule = {
  id: 'py-hidden-code',
  severity: 'high',
  title: '{name} runs what was decoded or received.',
  cause: 'The program that counts is not the one that was sent in.',
  explanation:
    'Text from `base64`, `zlib`, `codecs`, `bytes.fromhex`, `marshal`, joined codes, a socket or a URL that comes to `exec`, `eval`, `compile` or a command, also by way of names and functions.',
  hint: 'Send the code that is to run as it is.',
  denied: 'import base64\nexec(base64.b64decode(input()))\n',
  allowed: 'import base64\nprint(base64.b64decode("aGk="))\n',
  *find({ calls }) {
    for (const { node, reference, arguments: given } of calls) {
      const isRunner = runners.test(reference) || isCommandRunner(reference);
      if (isRunner && given[0]?.origin) yield { node, name: reference };
    }
  },
};
