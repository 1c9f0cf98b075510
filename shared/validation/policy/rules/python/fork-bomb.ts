import { childOf, hasAncestor, type SyntaxNode, type SyntaxTree, textOf } from '../../parse/syntax-tree.ts';
import type { PythonRule } from '../../rule.ts';

const starters =
  /^(?:os\.fork|os\.forkpty|pty\.fork|multiprocessing\.Process|threading\.Thread|_thread\.start_new_thread|subprocess\.Popen|os\.spawn\w+|os\.system|os\.exec\w+)$/;
/** What a server does between two starts, or what ends a loop. */
const pauses =
  /\b(?:accept|sleep|join|wait|waitpid|recv|get|input|readline|poll|select|break|return|communicate|raise|_exit|exit)\b/;

export const forkBomb: PythonRule = {
  id: 'py-fork-bomb',
  severity: 'high',
  title: 'It starts processes or threads without end ({name}).',
  cause: 'They use up what the sandbox has in a moment, and try for what its host has.',
  explanation:
    'A start of a process or thread in an endless loop that neither waits nor ends, in a loop of a thousand rounds or more, or in a function that calls itself.',
  hint: 'Start as many as there is work for, and wait for them.',
  denied: 'import os\nwhile True:\n    os.fork()\n',
  allowed: 'import os\nfor _ in range(2):\n    os.fork()\n',
  *find({ tree, calls }) {
    for (const { node, reference } of calls) {
      if (starters.test(reference) && hasAncestor(node, (around) => isEndless(tree, around, reference)))
        yield { node, name: reference };
    }
  },
};

function isEndless(tree: SyntaxTree, node: SyntaxNode, reference: string): boolean {
  switch (node.type) {
    case 'while_statement': {
      const [condition, body] = [childOf(node, 'condition'), childOf(node, 'body')];
      if (condition === null || body === null) return false;
      return (
        /^\(?(?:True|1|not False|2|"\w*")\)?$/.test(textOf(tree, condition)) &&
        !pauses.test(textOf(tree, body).slice(0, 3_000))
      );
    }
    case 'for_statement':
    case 'for_in_clause':
    case 'list_comprehension': {
      const loop =
        node.type === 'list_comprehension'
          ? node.children.find(({ type }) => type === 'for_in_clause')
          : node;
      const right = loop === undefined ? null : childOf(loop, 'right');
      if (right === null) return false;
      const text = textOf(tree, right).slice(0, 200);
      if (/itertools\.(?:count|repeat)|\biter\(int, 1\)|\bcount\(\)/.test(text)) return true;
      const [most] = childOf(right, 'arguments')?.children ?? [];
      const rounds = childOf(right, 'function') === null ? 0 : Number(most?.value ?? 0);
      return rounds >= 1_000 && reference !== 'os.system' && reference !== 'subprocess.Popen';
    }
    case 'function_definition': {
      const name = childOf(node, 'name');
      if (name === null) return false;
      const body = childOf(node, 'body');
      const text = body === null ? '' : textOf(tree, body).slice(0, 3_000);
      const calls =
        text.match(
          new RegExp(
            String.raw`(?:target\s*=\s*${textOf(tree, name)}\b|(?<![.\w])${textOf(tree, name)}\s*\()`,
            'g',
          ),
        ) ?? [];
      return (
        calls.length > 0 &&
        /fork|Process|Thread/.test(reference) &&
        !/\bif\b/.test(text.replace(/if os\.fork\(\)[^\n]*/, ''))
      );
    }
    default:
      return false;
  }
}
