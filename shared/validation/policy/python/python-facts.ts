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

const networkModules =
  /^(?:socket|ssl|http|urllib|urllib2|urllib3|requests|httpx|aiohttp|ftplib|smtplib|telnetlib|paramiko|websockets?|pycurl|boto3|botocore|asyncio\.open_connection|xmlrpc|poplib|imaplib|nntplib|socketserver)\b/;
const fileModules =
  /^(?:open|io\.open|io\.FileIO|codecs\.open|os\.(?:open|listdir|scandir|walk|readlink|stat|link|symlink|rename|remove|unlink|chmod|mkfifo|mknod|truncate)|pathlib\..+|shutil\..+|glob\..+|fileinput\..+|linecache\..+|tempfile\..+|mmap\..+|tarfile\..+|zipfile\..+|configparser\..*)$/;

/** Reads a tree once: what expressions come to and refer to, what is imported, which texts there are. */
export function readPython(tree: SyntaxTree): PythonFacts {
  const byType = groupByType(tree.nodes);
  let names = newNames();
  for (let round = 0; round < rounds; round += 1) {
    for (let index = tree.nodes.length - 1; index >= 0; index -= 1) {
      const node = tree.nodes[index] as SyntaxNode;
      if (!isExpression(node)) continue;
      Object.assign(node, findReference(tree, node, names.aliases));
      Object.assign(node, foldValue(tree, node, names.values));
    }
    const learned = learnNames(tree, byType, names);
    const isSettled = learned.size === names.size;
    names = learned;
    if (isSettled && round > 0) break;
  }
  markOrigins(tree, byType);
  return describe(tree, byType, names);
}

const plainTypes = new Set([
  'module',
  'block',
  'comment',
  'expression_statement',
  'argument_list',
  'string_start',
  'string_end',
  'string_content',
]);

function isExpression({ type }: SyntaxNode): boolean {
  return !plainTypes.has(type);
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
