import type { Json } from './template.ts';

/** What intrinsic functions may refer to. Each look-up gives nothing for a name it doesn't know. */
export interface Scope {
  ref(name: string): Json | undefined;
  attribute(logicalId: string, attribute: string): Json | undefined;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): Json | undefined;
  /** The text of a secret of Secrets Manager. */
  secret(secretId: string): string | undefined;
}

/** An intrinsic that can't be resolved; the message says which and why. */
export class UnresolvedIntrinsicError extends Error {}

/** `AWS::NoValue`: the property isn't there. */
export const NO_VALUE = Symbol('AWS::NoValue');
type Resolved = Json | typeof NO_VALUE;

/** Replaces every intrinsic in a value by what it stands for; throws on the first that it can't. */
export function resolveIntrinsics(value: Json, scope: Scope): Resolved {
  const resolvedValue = evaluate(value, scope);
  return resolvedValue === NO_VALUE ? NO_VALUE : resolveDynamicReferences(resolvedValue, scope);
}

/** A reference to a secret's whole text; an ARN has colons, the other parts that there can be have none. */
const SECRET_REFERENCE = /\{\{resolve:secretsmanager:([^{}]+?):SecretString:::\}\}/g;

/** Dynamic references come after intrinsics: one may have been put together by `Fn::Join`. */
function resolveDynamicReferences(value: Json, scope: Scope): Json {
  if (Array.isArray(value))
    return (value as readonly Json[]).map((entry) => resolveDynamicReferences(entry, scope));
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([name, member]) => [name, resolveDynamicReferences(member, scope)]),
    );
  }
  if (typeof value !== 'string' || !value.includes('{{resolve:')) return value;
  const text = value.replace(SECRET_REFERENCE, (reference, id: string) => scope.secret(id) ?? reference);
  return text.includes('{{resolve:') ? fail(`dynamic reference ${text} can't be resolved on loopback`) : text;
}

function evaluate(value: Json, scope: Scope): Resolved {
  if (Array.isArray(value)) return resolveList(value as readonly Json[], scope);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name !== undefined && argument !== undefined && isIntrinsic(name)) {
    const intrinsic = INTRINSICS[name];
    if (intrinsic === undefined) throw unsupported(name);
    return intrinsic(argument, scope);
  }
  const resolved = entries
    .map(([key, member]) => [key, evaluate(member, scope)] as const)
    .filter((entry): entry is readonly [string, Json] => entry[1] !== NO_VALUE);
  return Object.fromEntries(resolved);
}

const isIntrinsic = (name: string): boolean =>
  name === 'Ref' || name === 'Condition' || name.startsWith('Fn::');

const unsupported = (name: string): UnresolvedIntrinsicError =>
  new UnresolvedIntrinsicError(
    `${name} isn't supported; supported: ${Object.keys(INTRINSICS).sort().join(', ')}`,
  );

type Intrinsic = (argument: Json, scope: Scope) => Resolved;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => {
    if (argument === 'AWS::NoValue') return NO_VALUE;
    return scope.ref(String(argument)) ?? fail(`Ref ${String(argument)} names nothing in the template`);
  },
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId = '', ...path] = typeof argument === 'string' ? argument.split('.') : texts(argument);
    const attribute = path.join('.');
    return (
      scope.attribute(logicalId, attribute) ??
      fail(`Fn::GetAtt ${logicalId}.${attribute} isn't known to the local cloud`)
    );
  },
  'Fn::Join': (argument, scope) => {
    const [separator, values] = list(argument);
    return texts(resolved(values, scope)).join(String(separator));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, value] = list(argument);
    return String(resolved(value, scope)).split(String(separator));
  },
  'Fn::Select': (argument, scope) => {
    const [index, values] = list(argument);
    const chosen = list(resolved(values, scope))[Number(resolved(index, scope))];
    return chosen ?? fail(`Fn::Select ${JSON.stringify(index)} is out of range`);
  },
  'Fn::Sub': (argument, scope) => {
    const [text, variables] = typeof argument === 'string' ? [argument, {}] : list(argument);
    const own = (resolved(variables ?? {}, scope) ?? {}) as Record<string, Json>;
    return String(text).replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (name in own) return String(own[name]);
      const reference: Json = name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name };
      return String(resolved(reference, scope));
    });
  },
  'Fn::GetAZs': () => ['local-a', 'local-b', 'local-c'],
  'Fn::Base64': (argument, scope) => Buffer.from(String(resolved(argument, scope))).toString('base64'),
  'Fn::FindInMap': (argument, scope) => {
    const [map = '', first = '', second = ''] = texts(resolved(argument, scope));
    return scope.mapping(map, first, second) ?? fail(`Fn::FindInMap ${map}.${first}.${second} isn't there`);
  },
  'Fn::If': (argument, scope) => {
    const [condition, yes, no] = list(argument);
    return evaluate((scope.condition(String(condition)) ? yes : no) ?? null, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(resolved(argument, scope));
    return JSON.stringify(left) === JSON.stringify(right);
  },
  'Fn::And': (argument, scope) => list(argument).every((one) => resolved(one, scope) === true),
  'Fn::Or': (argument, scope) => list(argument).some((one) => resolved(one, scope) === true),
  'Fn::Not': (argument, scope) => list(argument).every((one) => resolved(one, scope) === false),
  Condition: (argument, scope) => scope.condition(String(argument)),
};

function resolveList(values: readonly Json[], scope: Scope): Json[] {
  return values.map((value) => evaluate(value, scope)).filter((value): value is Json => value !== NO_VALUE);
}

function resolved(value: Json | undefined, scope: Scope): Json {
  const result = evaluate(value ?? null, scope);
  return result === NO_VALUE ? fail("AWS::NoValue can't be an argument") : result;
}

function list(value: Json | undefined): readonly Json[] {
  if (!Array.isArray(value)) return fail(`expected a list, found ${JSON.stringify(value)}`);
  return value as readonly Json[];
}

const texts = (value: Json | undefined): string[] => list(value).map((entry) => String(entry));

function fail(message: string): never {
  throw new UnresolvedIntrinsicError(message);
}
