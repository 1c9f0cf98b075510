import { isCommandRunner } from '../../javascript/names.ts';
import { childOf, hasAncestor, type SyntaxNode, type SyntaxTree, textOf } from '../../parse/syntax-tree.ts';
import type { JavaScriptRule } from '../../rule.ts';

function isEndless(tree: SyntaxTree, node: SyntaxNode): boolean {
  const body = childOf(node, 'body');
  if (body === null || /\b(?:await|break|return)\b/.test(textOf(tree, body).slice(0, 2_000))) return false;
  if (node.type === 'while_statement' || node.type === 'do_statement') {
    const condition = childOf(node, 'condition');
    return condition !== null && /^\((?:true|1|!0|!false)\)$/.test(textOf(tree, condition));
  }
  if (node.type === 'for_statement') return /^for\s*\(\s*;\s*;\s*\)/.test(textOf(tree, node).slice(0, 40));
  if (node.type !== 'function_declaration') return false;
  const name = childOf(node, 'name');
  const text = textOf(tree, body).slice(0, 2_000);
  return name !== null && text.includes(`${textOf(tree, name)}(`) && !/\bif\b/.test(text);
}

export const forkBomb: JavaScriptRule = {
  id: 'js-fork-bomb',
  severity: 'high',
  title: 'It starts processes or threads without end ({name}).',
  cause: 'They use up what the sandbox has in a moment, and try for what its host has.',
  explanation:
    'A start of a process or worker in an endless loop or a function that calls itself, or of the program itself.',
  hint: 'Start as many as there is work for, and wait for them.',
  denied: 'const { fork } = require("child_process");\nwhile (true) fork(__filename);\n',
  allowed: 'const { fork } = require("child_process");\nfork("child.js");\n',
  *find({ tree, calls }) {
    for (const { node, reference, arguments: given } of calls) {
      const isStart =
        isCommandRunner(reference) || /^(?:cluster\.fork|worker_threads\.Worker|Worker)$/.test(reference);
      if (!isStart) continue;
      const isItself = /__filename|import\.meta\.(?:url|filename)|process\.argv\[1\]/.test(
        given
          .map((item) => textOf(tree, item))
          .join(' ')
          .slice(0, 400),
      );
      const isFlood = hasAncestor(node, (around) => isEndless(tree, around));
      if (
        isFlood ||
        (isItself &&
          !/isMaster|isPrimary|isMainThread|process\.send|if\s*\(/.test(tree.source.slice(0, 10_000)))
      )
        yield { node, name: reference };
    }
  },
};
