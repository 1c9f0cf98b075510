import type { ImportFact } from '../analysis.ts';
import { isText, unknownPart } from '../known-values.ts';
import { childOf, childrenOf, type SyntaxNode, type SyntaxTree, textOf } from '../parse/syntax-tree.ts';
import { canonical } from './names.ts';

const importers = new Set([
  '__import__',
  'importlib.import_module',
  'importlib.__import__',
  'runpy.run_module',
  'pydoc.locate',
]);

/** All imports, in order, also those by a call with a known name. */
export function findImports(
  tree: SyntaxTree,
  byType: ReadonlyMap<string, readonly SyntaxNode[]>,
): ImportFact[] {
  const found: ImportFact[] = [];
  for (const node of byType.get('import_statement') ?? []) {
    for (const { module } of importedNames(tree, node)) {
      found.push({ module, node, isTopLevel: isTopLevel(node), names: [] });
    }
  }
  for (const node of byType.get('import_from_statement') ?? []) {
    const module = sourceOf(tree, node);
    if (module === null) continue;
    const names = importedNames(tree, node).map(({ original }) => original);
    found.push({ module, node, isTopLevel: isTopLevel(node), names });
  }
  for (const node of byType.get('call') ?? []) {
    const [first] = childOf(node, 'arguments')?.children ?? [];
    const isImporter = importers.has(childOf(node, 'function')?.reference ?? '');
    if (isImporter && isText(first?.value) && !first.value.includes(unknownPart)) {
      found.push({ module: first.value, node, isTopLevel: false, names: [] });
    }
  }
  return found.sort((one, other) => one.node.start - other.node.start);
}

export interface ImportedName {
  /** As the program calls it. */
  name: string;
  /** What the module calls it. */
  original: string;
  reference: string;
  module: string;
}

/** The names that an import statement makes. */
export function importedNames(tree: SyntaxTree, node: SyntaxNode): ImportedName[] {
  const source = node.type === 'import_from_statement' ? sourceOf(tree, node) : null;
  if (node.type === 'import_from_statement' && source === null) return [];
  if (source !== null && node.children.some(({ type }) => type === 'wildcard_import')) {
    return [{ name: '*', original: '*', reference: source, module: source }];
  }
  return childrenOf(node, 'name').map((item) => {
    const dotted = item.type === 'aliased_import' ? childOf(item, 'name') : item;
    const alias = item.type === 'aliased_import' ? childOf(item, 'alias') : null;
    const original = dotted === null ? '' : dottedName(tree, dotted);
    const top = original.split('.')[0] ?? '';
    const name = alias === null ? top : canonical(textOf(tree, alias));
    if (source !== null) return { name, original, reference: memberOf(source, original), module: source };
    return { name, original, reference: alias === null ? top : original, module: original };
  });
}

function memberOf(module: string, name: string): string {
  return module === 'builtins' ? name : `${module}.${name}`;
}

/** Null for a relative import, which is of the program's own files. */
function sourceOf(tree: SyntaxTree, node: SyntaxNode): string | null {
  const source = childOf(node, 'module_name');
  return source === null || source.type === 'relative_import' ? null : dottedName(tree, source);
}

function dottedName(tree: SyntaxTree, node: SyntaxNode): string {
  return canonical(textOf(tree, node).replaceAll(/[\s\\]/g, ''));
}

function isTopLevel({ parent }: SyntaxNode): boolean {
  return parent === null || parent.type === 'module';
}
