import { isText, unknownPart } from '../known-values.ts';
import { childOf, type SyntaxNode, type SyntaxTree, textOf } from '../parse/syntax-tree.ts';
import { moduleName } from './names.ts';

export interface JavaScriptImport {
  module: string;
  node: SyntaxNode;
  isTopLevel: boolean;
  names: readonly string[];
  locals: readonly { local: string; reference: string }[];
}

/** Modules that `import … from` and `export … from` name; files of the program, `./x`, aren't modules. */
export function importsOf(
  tree: SyntaxTree,
  byType: ReadonlyMap<string, readonly SyntaxNode[]>,
): JavaScriptImport[] {
  const found: JavaScriptImport[] = [];
  for (const type of ['import_statement', 'export_statement']) {
    for (const node of byType.get(type) ?? []) {
      const source = sourceOf(node)?.value ?? null;
      if (!isText(source) || isOwnFile(source) || isTypeOnly(tree, node)) continue;
      const module = moduleName(source);
      const locals = type === 'import_statement' ? localsOf(tree, node, module) : [];
      found.push({ module, node, isTopLevel: true, names: locals.map(({ reference }) => reference), locals });
    }
  }
  return found;
}

/** Modules that are named in a call of `require`, `import()` and their kin. */
export function requiresOf(byType: ReadonlyMap<string, readonly SyntaxNode[]>): JavaScriptImport[] {
  const found: JavaScriptImport[] = [];
  for (const node of byType.get('call_expression') ?? []) {
    const target = childOf(node, 'function');
    const isImporter =
      target?.type === 'import' ||
      /^(?:require|process\.getBuiltinModule|module\.(?:constructor\.)?_load)$/.test(target?.reference ?? '');
    const [first] = childOf(node, 'arguments')?.children ?? [];
    if (!isImporter || !isText(first?.value) || first.value.includes(unknownPart) || isOwnFile(first.value))
      continue;
    found.push({ module: moduleName(first.value), node, isTopLevel: false, names: [], locals: [] });
  }
  return found;
}

function isOwnFile(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier);
}

function sourceOf(node: SyntaxNode): SyntaxNode | null {
  const source = childOf(node, 'source');
  if (source !== null) return source;
  return (
    node.children
      .find(({ type }) => type === 'import_require_clause')
      ?.children.find(({ type }) => type === 'string') ?? null
  );
}

/** `import type` leaves no trace when it runs. */
function isTypeOnly(tree: SyntaxTree, node: SyntaxNode): boolean {
  return node.children[1]?.type === 'type' && textOf(tree, node.children[1]) === 'type';
}

function localsOf(
  tree: SyntaxTree,
  node: SyntaxNode,
  module: string,
): { local: string; reference: string }[] {
  const clause = node.children.find(
    ({ type }) => type === 'import_clause' || type === 'import_require_clause',
  );
  return (clause?.children ?? []).flatMap((item) => {
    if (item.type === 'identifier') return [{ local: textOf(tree, item), reference: module }];
    if (item.type === 'namespace_import') {
      const name = item.children.find(({ type }) => type === 'identifier');
      return name === undefined ? [] : [{ local: textOf(tree, name), reference: module }];
    }
    if (item.type !== 'named_imports') return [];
    return item.children.flatMap((specifier) => {
      const name = childOf(specifier, 'name');
      const alias = childOf(specifier, 'alias') ?? name;
      return name === null || alias === null
        ? []
        : [{ local: textOf(tree, alias), reference: `${module}.${textOf(tree, name)}` }];
    });
  });
}
