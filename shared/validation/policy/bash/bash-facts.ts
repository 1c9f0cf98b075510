import { groupByType, type NodesByType } from '../parse/group-by-type.ts';
import { childOf, type SyntaxNode, type SyntaxTree, textOf } from '../parse/syntax-tree.ts';
import { searchable } from '../texts/searchable.ts';
import { readWord } from './read-word.ts';

/** A pipeline, or a single command: what would be typed, without quotes and with known variables filled in. */
export interface CommandLine {
  text: string;
  node: SyntaxNode;
}

/** What the rules for bash look at. */
export interface BashFacts {
  tree: SyntaxTree;
  byType: NodesByType;
  /** Lists and pipelines whole, so that what reads a command's output can be seen, and the commands in them. */
  lines: readonly CommandLine[];
  /** Names of all commands, as they are called. */
  commands: ReadonlySet<string>;
}

const rounds = 2;

/** Reads a tree once. */
export function readBash(tree: SyntaxTree): BashFacts {
  const byType = groupByType(tree.nodes);
  const variables = new Map<string, string>();
  for (let round = 0; round < rounds; round += 1) {
    for (let index = tree.nodes.length - 1; index >= 0; index -= 1) {
      const node = tree.nodes[index] as SyntaxNode;
      node.value = readWord(tree, node, variables);
    }
    for (const node of byType.get('variable_assignment') ?? []) {
      const [name, value] = [childOf(node, 'name'), childOf(node, 'value')];
      if (name !== null && typeof value?.value === 'string') variables.set(textOf(tree, name), value.value);
    }
  }
  const lines = findLines(byType);
  return { tree, byType, lines, commands: commandsOf(byType) };
}

const lineTypes = ['list', 'pipeline', 'redirected_statement', 'command'] as const;

function findLines(byType: NodesByType): CommandLine[] {
  const lines = lineTypes.flatMap((type) =>
    (byType.get(type) ?? []).flatMap((node) => {
      const text = isPrinting(node) ? redirectsOf(node) : node.value;
      return typeof text === 'string' && text !== '' ? [{ text, node }] : [];
    }),
  );
  return searchable(lines);
}

/** `echo` and `printf` do nothing with their words, whatever they say; where they write is another matter. */
function isPrinting(node: SyntaxNode): boolean {
  const command = node.type === 'redirected_statement' ? childOf(node, 'body') : node;
  const name = command?.type === 'command' ? childOf(command, 'name')?.value : null;
  return name === 'echo' || name === 'printf';
}

function redirectsOf({ type, children }: SyntaxNode): string {
  if (type !== 'redirected_statement') return '';
  return children
    .filter((child) => child.field === 'redirect' && typeof child.value === 'string')
    .map(({ value }) => value)
    .join(' ');
}

function commandsOf(byType: NodesByType): Set<string> {
  const names = (byType.get('command_name') ?? []).map(({ value }) =>
    typeof value === 'string' ? value : '',
  );
  return new Set(names.map((name) => name.slice(name.lastIndexOf('/') + 1)));
}
