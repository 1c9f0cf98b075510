import { isCodeRunner, isCommandRunner } from '../../javascript/names.ts';
import type { JavaScriptRule } from '../../rule.ts';

export const hiddenCode: JavaScriptRule = {
  id: 'js-hidden-code',
  severity: 'high',
  title: '{name} runs what was decoded or received.',
  cause: 'The program that counts is not the one that was sent in.',
  explanation:
    'Text from `atob`, `Buffer.from(…, "base64")`, `String.fromCharCode`, `unescape` or `fetch` that comes to `eval`, `Function`, `vm`, a timer or a command, also by way of names.',
  hint: 'Send the code that is to run as it is.',
  denied: 'eval(atob("YWxlcnQoMSk="));\n',
  allowed: 'console.log(atob("aGk="));\n',
  *find({ calls }) {
    for (const { node, reference, arguments: given } of calls) {
      const isRunner =
        isCodeRunner(reference) ||
        isCommandRunner(reference) ||
        /^set(?:Timeout|Interval)$|^require$/.test(reference);
      const last = given.at(isCodeRunner(reference) ? -1 : 0);
      if (isRunner && last?.origin && last.type !== 'arrow_function' && last.type !== 'function_expression')
        yield { node, name: reference };
      else if (isCodeRunner(reference) && last?.isComputed) yield { node, name: reference };
    }
  },
};
