import { isNumber, isText, unknownPart } from '../known-values.ts';
import type { Reference } from '../parse/names.ts';
import { childOf, childrenOf, type SyntaxNode, type SyntaxTree, textOf } from '../parse/syntax-tree.ts';
import { canonical, innerAttributes, isDangerous, knownBuiltins } from './names.ts';

/** What names stand for, by import or assignment, wherever in the program. */
export interface Aliases {
  names: ReadonlyMap<string, Reference>;
  /** Modules all of whose names were imported. */
  starred: readonly string[];
}

const nothing: Reference = { reference: null, isConcealed: false };

/** What an expression refers to, from what its parts refer to. */
export function findReference(tree: SyntaxTree, node: SyntaxNode, aliases: Aliases): Reference {
  switch (node.type) {
    case 'identifier':
      return ofName(canonical(textOf(tree, node)), aliases);
    case 'attribute':
      return ofAttribute(tree, node);
    case 'call':
      return ofCall(node);
    case 'subscript':
      return ofSubscript(node);
    case 'parenthesized_expression':
    case 'named_expression':
    case 'await':
      return same(childOf(node, 'value') ?? node.children.at(-1) ?? null);
    default:
      return nothing;
  }
}

function same(node: SyntaxNode | null): Reference {
  return node === null ? nothing : { reference: node.reference, isConcealed: node.isConcealed };
}

function ofName(name: string, { names, starred }: Aliases): Reference {
  const known = names.get(name);
  if (known !== undefined) return known;
  if (knownBuiltins.has(name)) return { reference: name, isConcealed: false };
  const module = starred.find((candidate) => isDangerous(`${candidate}.${name}`));
  return module === undefined ? nothing : { reference: `${module}.${name}`, isConcealed: false };
}

function member(owner: string, name: string): string {
  return owner === 'builtins' || owner === '__builtins__' ? name : `${owner}.${name}`;
}

function ofAttribute(tree: SyntaxTree, node: SyntaxNode): Reference {
  const owner = childOf(node, 'object');
  const attribute = childOf(node, 'attribute');
  if (owner === null || owner.reference === null || attribute === null) return nothing;
  const name = canonical(textOf(tree, attribute));
  const borrowed = borrowedModule(owner.reference, name);
  if (borrowed !== null) return { reference: borrowed, isConcealed: true };
  return { reference: member(owner.reference, name), isConcealed: owner.isConcealed };
}

const borrowed =
  /^_?(os|sys|subprocess|socket|builtins|importlib|ctypes|pickle|threading|shutil|io|codecs|inspect|gc|tempfile|signal|posix|linecache)$/;

/** What a module has imported for itself: `random._os`, `logging.sys`. */
export function borrowedModule(owner: string, name: string): string | null {
  const [root = ''] = owner.split('.');
  if (
    !/^[a-z_]\w*$/.test(root) ||
    knownBuiltins.has(root) ||
    root.startsWith('__') ||
    /^(?:asyncio|concurrent)$/.test(root)
  ) {
    return null;
  }
  return borrowed.exec(name)?.[1] ?? null;
}

function ofCall(node: SyntaxNode): Reference {
  const target = childOf(node, 'function');
  const [first = null, second = null] = childOf(node, 'arguments')?.children ?? [];
  switch (target?.reference ?? null) {
    case '__import__':
    case 'importlib.import_module':
    case 'importlib.__import__':
    case 'pydoc.locate':
    case 'pkgutil.resolve_name':
      return isText(first?.value)
        ? named(first.value, first.isComputed || target?.isConcealed === true)
        : nothing;
    case 'importlib.reload':
      return same(first);
    case 'getattr':
    case 'object.__getattribute__':
    case 'type.__getattribute__':
    case 'inspect.getattr_static':
      return byName(first, second);
    case 'vars':
      return first?.reference ? { reference: `${first.reference}.__dict__`, isConcealed: true } : nothing;
    case 'globals':
    case 'locals':
      return { reference: '__main__.__dict__', isConcealed: true };
    case 'operator.attrgetter':
      return nothing;
    default:
      return fromNamespace(target, first);
  }
}

/** `namespace.get("x")`, `namespace.pop("x")`, `module.__getattribute__("x")`; `attrgetter("x")(module)`. */
function fromNamespace(target: SyntaxNode | null, first: SyntaxNode | null): Reference {
  const reference = target?.reference ?? '';
  const [, owner, how] = /^(.*)\.(get|pop|setdefault|__getitem__|__getattribute__)$/.exec(reference) ?? [];
  if (owner !== undefined && isText(first?.value)) {
    return how === '__getattribute__'
      ? byName(target?.children[0] ?? null, first)
      : entry(owner, first.value, true);
  }
  if (target?.type === 'call' && childOf(target, 'function')?.reference === 'operator.attrgetter') {
    return byName(first, childOf(target, 'arguments')?.children[0] ?? null);
  }
  return nothing;
}

function named(module: string, isConcealed: boolean): Reference {
  return module.includes(unknownPart) ? nothing : { reference: module, isConcealed };
}

function byName(owner: SyntaxNode | null, name: SyntaxNode | null): Reference {
  if (owner === null || owner.reference === null || !isText(name?.value)) return nothing;
  const reference = member(owner.reference, name.value);
  return {
    reference,
    isConcealed:
      owner.isConcealed || name.isComputed || isDangerous(reference) || innerAttributes.has(name.value),
  };
}

function ofSubscript(node: SyntaxNode): Reference {
  const owner = childOf(node, 'value');
  const [index] = childrenOf(node, 'subscript');
  if (owner === null || index === undefined) return nothing;
  if (owner.reference !== null && isText(index.value)) {
    return entry(owner.reference, index.value, owner.isConcealed || index.isComputed);
  }
  if (isNumber(index.value) && (owner.type === 'list' || owner.type === 'tuple')) {
    const item = same(owner.children.at(index.value) ?? null);
    return { ...item, isConcealed: item.isConcealed || isDangerous(item.reference) };
  }
  return ofDictionary(owner, index);
}

/** `{"run": eval}["run"]` */
function ofDictionary(owner: SyntaxNode, index: SyntaxNode): Reference {
  if (owner.type !== 'dictionary' || index.value === null) return nothing;
  const pair = owner.children.find((item) => childOf(item, 'key')?.value === index.value);
  return pair === undefined ? nothing : same(childOf(pair, 'value'));
}

/** What a dictionary of names holds: `sys.modules`, `os.__dict__`, `__builtins__`, `globals()`. */
function entry(owner: string, key: string, isConcealed: boolean): Reference {
  if (owner === 'sys.modules') return { reference: key, isConcealed: true };
  if (owner === '__main__.__dict__' || owner.endsWith('__globals__') || owner.endsWith('.f_globals')) {
    return { reference: key, isConcealed: true };
  }
  if (
    owner === '__builtins__' ||
    owner === 'builtins.__dict__' ||
    owner === '__dict__' ||
    owner === '__builtins__.__dict__'
  ) {
    return { reference: key, isConcealed: true };
  }
  if (owner.endsWith('.__dict__'))
    return { reference: member(owner.slice(0, -'.__dict__'.length), key), isConcealed: true };
  if (owner.endsWith('f_builtins')) return { reference: key, isConcealed: true };
  return isConcealed && owner.endsWith('__builtins__') ? { reference: key, isConcealed: true } : nothing;
}
