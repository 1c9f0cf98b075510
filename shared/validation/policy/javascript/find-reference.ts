import { isNumber, isText, unknownPart } from '../known-values.ts';
import type { Reference } from '../parse/names.ts';
import { childOf, type SyntaxNode, type SyntaxTree } from '../parse/syntax-tree.ts';
import { isDangerous, knownGlobals, memberName, moduleName } from './names.ts';
import { identifierOf } from './string-literal.ts';

export type Aliases = ReadonlyMap<string, Reference>;

const nothing: Reference = { reference: null, isConcealed: false };

/** Types of expressions whose `constructor.constructor` is `Function`, which is to say all. */
const wrappers = new Set([
  'parenthesized_expression',
  'await_expression',
  'as_expression',
  'non_null_expression',
  'satisfies_expression',
]);

/** What an expression refers to, from what its parts refer to. */
export function findReference(tree: SyntaxTree, node: SyntaxNode, aliases: Aliases): Reference {
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier':
      return ofName(tree, node, aliases);
    case 'member_expression':
      return ofMember(node, propertyOf(tree, node), false);
    case 'subscript_expression':
      return ofSubscript(node);
    case 'call_expression':
      return ofCall(node);
    case 'sequence_expression':
      return same(node.children.at(-1));
    case 'new_expression':
      return same(childOf(node, 'constructor'));
    default:
      return wrappers.has(node.type)
        ? same(node.children.find((child) => child.reference !== null))
        : nothing;
  }
}

function propertyOf(tree: SyntaxTree, node: SyntaxNode): string | null {
  const property = childOf(node, 'property');
  return property === null ? null : identifierOf(tree, property);
}

function same(node: SyntaxNode | null | undefined): Reference {
  return node ? { reference: node.reference, isConcealed: node.isConcealed } : nothing;
}

function ofName(tree: SyntaxTree, node: SyntaxNode, aliases: Aliases): Reference {
  const name = identifierOf(tree, node);
  const known = aliases.get(name);
  if (known !== undefined) return known;
  if (!knownGlobals.has(name)) return nothing;
  return { reference: name, isConcealed: node.end - node.start !== name.length };
}

function ofMember(node: SyntaxNode, name: string | null, isHidden: boolean): Reference {
  const owner = childOf(node, 'object');
  if (owner === null || name === null) return nothing;
  if (name === 'constructor') return ofConstructor(owner);
  if (owner.reference === null) return nothing;
  if (owner.reference === 'Function' && (name === 'call' || name === 'apply' || name === 'bind'))
    return same(owner);
  const reference = memberName(owner.reference, name).replace(/\.default$/, '');
  return { reference, isConcealed: owner.isConcealed || (isHidden && isDangerous(reference)) };
}

/** A constructor's constructor is `Function`; so is a function's. */
function ofConstructor(owner: SyntaxNode): Reference {
  if (owner.reference === 'module') return { reference: 'module.constructor', isConcealed: false };
  const isFunction =
    /function|arrow_function|class/.test(owner.type) ||
    owner.children.some(({ type }) =>
      /^(?:async_|generator_)?(?:function|function_expression|arrow_function)$/.test(type),
    );
  if (isFunction || owner.reference === '(constructor)' || isMadeByGlobal(owner)) {
    return { reference: 'Function', isConcealed: true };
  }
  return { reference: '(constructor)', isConcealed: false };
}

/** `Array.constructor`, `Object.constructor`: what names a class or function. */
function isMadeByGlobal({ reference }: SyntaxNode): boolean {
  return (
    reference !== null &&
    /^(?:Array|Object|String|Number|Boolean|Symbol|RegExp|Error|Proxy|eval|Function|require|setTimeout|fetch|atob)$/.test(
      reference,
    )
  );
}

function ofSubscript(node: SyntaxNode): Reference {
  const [owner, index] = [childOf(node, 'object'), childOf(node, 'index')];
  if (owner === null || index === null) return nothing;
  if (isText(index.value)) {
    const found = ofMember(node, index.value, true);
    return {
      ...found,
      isConcealed:
        found.isConcealed ||
        (index.isComputed && found.reference !== null && found.reference !== '(constructor)'),
    };
  }
  if (!isNumber(index.value) || owner.type !== 'array') return nothing;
  const item = same(owner.children[index.value]);
  return { ...item, isConcealed: item.isConcealed || isDangerous(item.reference) };
}

function ofCall(node: SyntaxNode): Reference {
  const target = childOf(node, 'function');
  const [first, second] = childOf(node, 'arguments')?.children ?? [];
  const isImport = target?.type === 'import';
  switch (isImport ? 'require' : (target?.reference ?? null)) {
    case 'require':
    case 'process.getBuiltinModule':
    case 'module.constructor._load':
    case 'module._load':
    case 'module.createRequire.require':
      return isText(first?.value) && !first.value.includes(unknownPart)
        ? {
            reference: moduleName(first.value),
            isConcealed: first.isComputed || target?.isConcealed === true,
          }
        : nothing;
    case 'module.createRequire':
      return { reference: 'require', isConcealed: false };
    case 'Reflect.get':
      return byName(first, second);
    case 'Object.getPrototypeOf':
    case 'Reflect.getPrototypeOf':
      return nothing;
    case 'util.promisify':
      return same(first);
    case 'eval':
      return isText(first?.value) && /^(?:this|globalThis)$/.test(first.value)
        ? { reference: 'globalThis', isConcealed: true }
        : nothing;
    case 'Function':
      return { reference: null, isConcealed: false };
    default:
      return bound(target);
  }
}

/** `eval.bind(null)`, `require.call(…)` */
function bound(target: SyntaxNode | null): Reference {
  const owner = target?.type === 'member_expression' ? childOf(target, 'object') : null;
  return owner !== null && /\.bind$/.test(target?.reference ?? '') ? same(owner) : nothing;
}

function byName(owner: SyntaxNode | undefined, name: SyntaxNode | undefined): Reference {
  if (!owner?.reference || !isText(name?.value)) return nothing;
  const reference = memberName(owner.reference, name.value);
  return { reference, isConcealed: owner.isConcealed || name.isComputed || isDangerous(reference) };
}
