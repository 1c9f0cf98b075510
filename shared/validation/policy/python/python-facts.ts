import type { ImportFact, TextFact } from '../analysis.ts';
import { findTexts } from '../parse/find-texts.ts';
import { groupByType, type NodesByType } from '../parse/group-by-type.ts';
import { childOf, type SyntaxNode, type SyntaxTree } from '../parse/syntax-tree.ts';
import { findImports } from './find-imports.ts';
import { findReference } from './find-reference.ts';
import { foldValue } from './fold-values.ts';
import { learnNames, type Names, newNames } from './learn-names.ts';
import { isCommandRunner } from './names.ts';
import { markOrigins } from './origins.ts';

/** What the rules for Python look at. */
export interface PythonFacts {
  tree: SyntaxTree;
  imports: readonly ImportFact[];
  /** Every node by its type, in order. */
  byType: NodesByType;
  /** Calls by what they call, where that is known. */
  calls: readonly Call[];
  /** Constant texts, the longest way they could be put together. */
  texts: readonly TextFact[];
  runsCommands: boolean;
  usesNetwork: boolean;
  usesFiles: boolean;
}

export interface Call {
  node: SyntaxNode;
  reference: string;
  arguments: readonly SyntaxNode[];
}

/** Names that are assigned from other names need another round; nobody passes `eval` on more often than that. */
const rounds = 3;

/** In a program of ten thousand lines names are read once. */
const mostForRounds = 60_000;

const networkModules =
  /^(?:socket|ssl|http|urllib|urllib2|urllib3|requests|httpx|aiohttp|ftplib|smtplib|telnetlib|paramiko|websockets?|pycurl|boto3|botocore|asyncio\.open_connection|xmlrpc|poplib|imaplib|nntplib|socketserver)\b/;
const fileModules =
  /^(?:open|io\.open|io\.FileIO|codecs\.open|os\.(?:open|listdir|scandir|walk|readlink|stat|link|symlink|rename|remove|unlink|chmod|mkfifo|mknod|truncate)|pathlib\..+|shutil\..+|glob\..+|fileinput\..+|linecache\..+|tempfile\..+|mmap\..+|tarfile\..+|zipfile\..+|configparser\..*)$/;

/** Reads a tree once: what expressions come to and refer to, what is imported, which texts there are. */
export function readPython(tree: SyntaxTree): PythonFacts {
  const byType = groupByType(tree.nodes);
  const expressions = tree.nodes.filter(({ type }) => expressionTypes.has(type)).reverse();
  let names = newNames();
  for (let round = 0; round < rounds; round += 1) {
    for (const node of expressions) understand(tree, node, names);
    const learned = learnNames(tree, byType, names);
    const isSettled = learned.size === names.size;
    names = learned;
    if ((isSettled && round > 0) || expressions.length > mostForRounds) break;
  }
  markOrigins(tree, byType);
  return describe(tree, byType, names);
}

/** What can have a value or refer to something. */
const expressionTypes = new Set([
  ...[
    'identifier',
    'attribute',
    'call',
    'subscript',
    'parenthesized_expression',
    'named_expression',
    'await',
  ],
  ...['string', 'concatenated_string', 'integer', 'float', 'list', 'tuple', 'keyword_argument'],
  ...['unary_operator', 'binary_operator'],
]);

function understand(tree: SyntaxTree, node: SyntaxNode, { aliases, values }: Names): void {
  const { reference, isConcealed } = findReference(tree, node, aliases);
  node.reference = reference;
  node.isConcealed = isConcealed;
  const { value, isComputed } = foldValue(tree, node, values);
  node.value = value;
  node.isComputed = isComputed;
}

function describe(tree: SyntaxTree, byType: PythonFacts['byType'], { aliases }: Names): PythonFacts {
  const calls: Call[] = [];
  for (const node of byType.get('call') ?? []) {
    const reference = childOf(node, 'function')?.reference ?? null;
    if (reference !== null)
      calls.push({ node, reference, arguments: childOf(node, 'arguments')?.children ?? [] });
  }
  const imports = findImports(tree, byType);
  const uses = (pattern: RegExp) =>
    calls.some(({ reference }) => pattern.test(reference)) ||
    [...aliases.names.values()].some(({ reference }) => reference !== null && pattern.test(reference));
  return {
    tree,
    imports,
    byType,
    calls,
    texts: findTexts(tree),
    runsCommands: calls.some(({ reference }) => isCommandRunner(reference)),
    usesNetwork: uses(networkModules) || imports.some(({ module }) => networkModules.test(module)),
    usesFiles: uses(fileModules),
  };
}
