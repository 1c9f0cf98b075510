import { bodyOf } from './body.ts';
import { classNameOf, prefixFor } from './class-name.ts';
import { type Inspection, type InspectOptions, startInspection } from './inspection.ts';
import { layOut } from './layout.ts';
import { unwrapProxy } from './peek.ts';
import { formatPrimitive } from './primitive.ts';
import { formatProperty } from './property.ts';

const CUSTOM = Symbol.for('nodejs.util.inspect.custom');

/** The value as `util.inspect` of Node 24 prints it, without colours. Calls no getter of the value. */
export function inspect(
  value: unknown,
  options: InspectOptions | boolean = {},
  depth?: number | null,
): string {
  const given = typeof options === 'boolean' ? { showHidden: options, depth } : (options ?? {});
  const inspection = startInspection(given, (nested, level, insideTypedArray) =>
    printValue(nested, level, inspection, insideTypedArray),
  );
  return printValue(value, 0, inspection);
}

/** The key of a method that prints its object itself. */
inspect.custom = CUSTOM;
/** Kept for programs that read it: the values are fixed here. */
inspect.defaultOptions = { depth: 2, breakLength: 80, compact: 3, showHidden: false, colors: false };

function printValue(given: unknown, level: number, inspection: Inspection, insideTypedArray = false): string {
  if (given === null || (typeof given !== 'object' && typeof given !== 'function')) {
    return formatPrimitive(given, inspection);
  }
  const value = unwrapProxy(given);
  const custom = inspection.customInspect ? customText(value, level, inspection) : undefined;
  if (custom !== undefined) return custom;
  if (inspection.open.includes(value)) return `[Circular *${referenceTo(value, inspection)}]`;
  return printObject(value, level, inspection, insideTypedArray);
}

/** What the object's own inspect method says, or undefined when it has none or answers with itself. */
function customText(value: object, level: number, inspection: Inspection): string | undefined {
  const method: unknown = Reflect.get(value, CUSTOM);
  if (typeof method !== 'function' || method === inspect) return undefined;
  const maker: unknown = Reflect.get(value, 'constructor');
  if (typeof maker === 'function' && maker.prototype === value) return undefined;
  const unlimited = inspection.userOptions.depth === null;
  const options = { ...inspect.defaultOptions, ...inspection.userOptions, stylize: String };
  const answer: unknown = method.call(value, unlimited ? null : inspection.depth - level, options, inspect);
  if (answer === value) return undefined;
  if (typeof answer !== 'object' || answer === null) return indentLines(`${String(answer)}`, inspection);
  return indentLines(printValue(answer, level, inspection), inspection);
}

function indentLines(text: string, inspection: Inspection): string {
  return text.replaceAll('\n', `\n${' '.repeat(inspection.indentation)}`);
}

function referenceTo(value: object, inspection: Inspection): number {
  const known = inspection.references.get(value);
  if (known !== undefined) return known;
  inspection.references.set(value, inspection.references.size + 1);
  return inspection.references.size;
}

function printObject(
  value: object,
  level: number,
  inspection: Inspection,
  insideTypedArray: boolean,
): string {
  const className = classNameOf(value, level, inspection);
  const body = bodyOf(value, { className, level, inspection, insideTypedArray });
  if ('text' in body) return body.text;
  if (level > inspection.depth) return beyondDepth(value, className, body.tag);

  const next = level + 1;
  inspection.open.push(value);
  inspection.currentLevel = next;
  const entries = body.entries(next);
  const isArray = body.elements !== undefined;
  const properties = body.keys.map((key) => formatProperty(value, key, next, inspection, isArray));
  inspection.open.pop();

  const reference = inspection.references.get(value);
  const mark = reference === undefined ? '' : `<ref *${reference}>`;
  const onBrace = mark !== '' && inspection.compact < 0;
  return layOut(
    {
      open: onBrace ? `${mark} ${body.open}` : body.open,
      close: body.close,
      base: onBrace ? body.base : [mark, body.base].filter(Boolean).join(' '),
      entries: sorted(entries, properties, isArray, inspection),
      elements: body.elements,
    },
    next,
    inspection,
  );
}

function beyondDepth(value: object, className: string | null, tag: string): string {
  const name = prefixFor(className, tag, Array.isArray(value) ? 'Array' : 'Object').slice(0, -1);
  return className === null ? name : `[${name}]`;
}

function sorted(
  entries: string[],
  properties: string[],
  isArray: boolean,
  { sorted: order }: Inspection,
): string[] {
  if (!order) return [...entries, ...properties];
  const compare = order === true ? undefined : order;
  return isArray ? [...entries, ...properties.sort(compare)] : [...entries, ...properties].sort(compare);
}
