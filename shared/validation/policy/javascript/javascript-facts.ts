import type { TextFact } from '../analysis.ts';
import { findTexts } from '../parse/find-texts.ts';
import { groupByType } from '../parse/group-by-type.ts';
import { childOf, type SyntaxNode, type SyntaxTree } from '../parse/syntax-tree.ts';
import { importsOf, type JavaScriptImport, requiresOf } from './find-imports.ts';
import { findReference } from './find-reference.ts';
import { foldValue } from './fold-values.ts';
import { learnNames, type Names } from './learn-names.ts';
import { isCommandRunner } from './names.ts';
import { markOrigins } from './origins.ts';

/** What the rules for JavaScript and TypeScript look at. */
export interface JavaScriptFacts {
  tree: SyntaxTree;
  imports: readonly JavaScriptImport[];
  byType: ReadonlyMap<string, readonly SyntaxNode[]>;
  /** Calls and `new`, by what they call, where that is known. */
  calls: readonly JavaScriptCall[];
  texts: readonly TextFact[];
  runsCommands: boolean;
  usesNetwork: boolean;
  usesFiles: boolean;
}

export interface JavaScriptCall {
  node: SyntaxNode;
  reference: string;
  arguments: readonly SyntaxNode[];
}

const rounds = 3;

/** In a program of ten thousand lines names are read once. */
const mostForRounds = 60_000;

const networkUse =
  /^(?:fetch|WebSocket|XMLHttpRequest|EventSource|(?:http|https|http2|net|tls|dgram|dns|axios|got|undici|ws|node-fetch|superagent|request|ssh2)(?:\.|$)|Deno\.(?:connect|listen)|Bun\.connect)/;
const fileUse = /^(?:fs|fs-extra|graceful-fs)(?:\.|$)|^Deno\.(?:read|write|open|remove)|^Bun\.(?:file|write)/;

/** Reads a tree once: what expressions come to and refer to, what is imported, which texts there are. */
export function readJavaScript(tree: SyntaxTree): JavaScriptFacts {
  const byType = groupByType(tree.nodes);
  const expressions = tree.nodes.filter(({ type }) => expressionTypes.has(type)).reverse();
  let names: Names = { aliases: new Map(), values: new Map() };
  for (let round = 0; round < rounds; round += 1) {
    for (const node of expressions) understand(tree, node, names);
    const learned = learnNames(tree, byType);
    const isSettled =
      learned.aliases.size === names.aliases.size && learned.values.size === names.values.size;
    names = learned;
    if ((isSettled && round > 0) || expressions.length > mostForRounds) break;
  }
  markOrigins(tree, byType);
  return describe(tree, byType);
}

/** What can have a value or refer to something. */
const expressionTypes = new Set([
  ...[
    'identifier',
    'shorthand_property_identifier',
    'member_expression',
    'subscript_expression',
    'call_expression',
  ],
  ...[
    'sequence_expression',
    'new_expression',
    'parenthesized_expression',
    'await_expression',
    'as_expression',
  ],
  ...['non_null_expression', 'satisfies_expression', 'string', 'template_string', 'number', 'array'],
  ...['spread_element', 'binary_expression'],
]);

function understand(tree: SyntaxTree, node: SyntaxNode, { aliases, values }: Names): void {
  const { reference, isConcealed } = findReference(tree, node, aliases);
  node.reference = reference;
  node.isConcealed = isConcealed;
  const { value, isComputed } = foldValue(tree, node, values);
  node.value = value;
  node.isComputed = isComputed;
}

function describe(tree: SyntaxTree, byType: JavaScriptFacts['byType']): JavaScriptFacts {
  const calls: JavaScriptCall[] = [];
  for (const node of [...(byType.get('call_expression') ?? []), ...(byType.get('new_expression') ?? [])]) {
    const target = childOf(node, 'function') ?? childOf(node, 'constructor');
    if (!target?.reference) continue;
    calls.push({ node, reference: target.reference, arguments: childOf(node, 'arguments')?.children ?? [] });
  }
  const imports = [...importsOf(tree, byType), ...requiresOf(byType)].sort(
    (one, other) => one.node.start - other.node.start,
  );
  const uses = (pattern: RegExp) =>
    calls.some(({ reference }) => pattern.test(reference)) ||
    imports.some(({ module }) => pattern.test(module));
  return {
    tree,
    imports,
    byType,
    calls,
    texts: findTexts(tree),
    runsCommands: calls.some(({ reference }) => isCommandRunner(reference)),
    usesNetwork: uses(networkUse),
    usesFiles: uses(fileUse),
  };
}
