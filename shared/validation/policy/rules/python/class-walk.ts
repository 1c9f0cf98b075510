import { isText } from '../../known-values.ts';
import { childOf, descendantsOf, type SyntaxNode, type SyntaxTree, textOf } from '../../parse/syntax-tree.ts';
import { canonical } from '../../python/names.ts';
import type { PythonRule } from '../../rule.ts';

const steps =
  /^(?:__class__|__base__|__bases__|__mro__|mro|__subclasses__|__init__|__globals__|__builtins__|__traceback__|__code__|__dict__|__closure__|__func__|__self__|__getattribute__|__reduce_ex__|__reduce__|gi_frame|cr_frame|ag_frame|tb_frame|tb_next|f_back|f_globals|f_locals|f_builtins|gi_code|_module|co_consts|co_code|__loader__|load_module|__spec__)$/;
/** Walks, from the value on, that are of use to nobody but who wants out. */
const escapes =
  /\b(?:__class__|__base__|__bases__|__mro__|mro)\b.*\b__subclasses__\b|\.__globals__\b|\b__globals__\.|\b(?:f_globals|_module|__init__|__self__|__func__)\.__builtins__\b|\b(?:gi_frame|cr_frame|ag_frame)\.(?:.*\.)?f_(?:back|globals|builtins|locals)\b|\b(?:tb_frame|f_back)\.(?:.*\.)?f_builtins\b|\b__loader__\.load_module\b|\b__self__\.__import__\b/;
/** The same in the one text that `attrgetter` takes. */
const goals = /^(?:__subclasses__|__globals__|__builtins__|f_globals|f_builtins|f_back)$/;

/** Walks of names that stand for each other are as long as the program. */
const mostSteps = 12;

export const classWalk: PythonRule = {
  id: 'py-class-walk',
  severity: 'high',
  title: 'It walks from a value into the interpreter ({name}).',
  cause:
    'It is how programs get at `os` in a jail of Python alone: by the subclasses of `object`, the globals of a function or the frames of a generator or traceback.',
  explanation:
    'Two or more inner attributes in a row that end at `__subclasses__`, `__globals__`, `__builtins__` or a frame; also by `getattr`, an index or a named step in between.',
  hint: 'Import what you need instead of walking to it.',
  denied: 'print(().__class__.__bases__[0].__subclasses__())\n',
  allowed: 'class Base:\n    pass\n\n\nprint(Base.__subclasses__())\n',
  *find({ tree, byType, calls }) {
    const carried = namesOfWalks(tree, byType);
    for (const type of ['attribute', 'subscript', 'call']) {
      for (const node of byType.get(type) ?? []) {
        if (stepOf(tree, node) === null || stepOf(tree, node.parent) !== null) continue;
        const walk = walkTo(tree, node, carried);
        const path = [...walk].reverse().join('.');
        if (walk.length > 1 && escapes.test(path)) yield { node, name: path };
      }
    }
    for (const node of byType.get('attribute') ?? []) {
      const attribute = childOf(node, 'attribute');
      const name = attribute === null ? '' : textOf(tree, attribute);
      if (name.startsWith('_Printer__')) yield { node, name };
    }
    for (const { node, reference, arguments: given } of calls) {
      const path = reference === 'operator.attrgetter' ? given[0]?.value : null;
      if (isText(path) && path.split('.').some((step) => goals.test(step))) yield { node, name: reference };
    }
  },
};

/** The inner attribute that an expression takes: by a dot, a text as index, or `getattr`. */
function stepOf(tree: SyntaxTree, node: SyntaxNode | null): string | null {
  if (node === null) return null;
  const name = node.type === 'attribute' ? childOf(node, 'attribute') : null;
  if (name !== null) return asStep(canonical(textOf(tree, name)));
  if (node.type === 'subscript') return asStep(childOf(node, 'subscript')?.value);
  if (node.type !== 'call') return null;
  const [, second] = childOf(node, 'arguments')?.children ?? [];
  return /^(?:getattr|(?:object|type)\.__getattribute__)$/.test(childOf(node, 'function')?.reference ?? '')
    ? asStep(second?.value)
    : null;
}

function asStep(name: unknown): string | null {
  return isText(name as string) && steps.test(name as string) ? (name as string) : null;
}

/** The steps to an expression, the last one first, through calls and indices. */
function walkTo(
  tree: SyntaxTree,
  node: SyntaxNode,
  carried: ReadonlyMap<string, readonly string[]>,
): string[] {
  const walk: string[] = [];
  for (let at: SyntaxNode | null = node; at !== null && walk.length < mostSteps; at = ownerOf(at)) {
    const step = stepOf(tree, at);
    if (step !== null) walk.push(step);
    if (at.type === 'identifier') walk.push(...(carried.get(textOf(tree, at)) ?? []));
  }
  return walk.slice(0, mostSteps);
}

function ownerOf(node: SyntaxNode): SyntaxNode | null {
  if (node.type === 'call') {
    const target = childOf(node, 'function');
    const isAccess = /^(?:getattr|(?:object|type)\.__getattribute__)$/.test(target?.reference ?? '');
    return isAccess ? (childOf(node, 'arguments')?.children[0] ?? null) : target;
  }
  if (node.type === 'parenthesized_expression') return node.children[0] ?? null;
  return childOf(node, 'object') ?? childOf(node, 'value');
}

/** Steps that a name has behind it: `base = ().__class__.__base__`, also as the variable of a loop. */
function namesOfWalks(
  tree: SyntaxTree,
  byType: ReadonlyMap<string, readonly SyntaxNode[]>,
): Map<string, readonly string[]> {
  const carried = new Map<string, readonly string[]>();
  for (const type of ['assignment', 'named_expression', 'for_statement', 'for_in_clause']) {
    for (const node of byType.get(type) ?? []) {
      const target = childOf(node, 'left') ?? childOf(node, 'name');
      const source = childOf(node, 'right') ?? childOf(node, 'value');
      if (target?.type !== 'identifier' || source === null) continue;
      const inside = [source, ...descendantsOf(source, 40)].find((part) => stepOf(tree, part) !== null);
      const walk = inside === undefined ? [] : walkTo(tree, inside, carried);
      const isOwnClass = walk.length === 1 && /^__(?:class|dict|init|self)__$/.test(walk[0] ?? '');
      if (walk.length > 0 && !isOwnClass) carried.set(textOf(tree, target), walk);
    }
  }
  return carried;
}
