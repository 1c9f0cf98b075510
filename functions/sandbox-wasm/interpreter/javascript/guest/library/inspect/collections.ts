import { sizeOf } from './brand.ts';
import { type Inspection, indented, omitted } from './inspection.ts';
import { formatNumber } from './primitive.ts';
import { formatElement, isIndex } from './property.ts';

/** An array's elements; from the first hole on, runs of holes print as one entry. */
export function arrayEntries(array: readonly unknown[], level: number, inspection: Inspection): string[] {
  const shown = Math.min(inspection.maxArrayLength, array.length);
  const entries: string[] = [];
  for (let index = 0; index < shown; index++) {
    if (!Object.hasOwn(array, index)) return sparseEntries(array, level, inspection);
    entries.push(formatElement(array, index, level, inspection));
  }
  if (array.length > shown) entries.push(omitted(array.length - shown, 'item'));
  return entries;
}

function sparseEntries(array: readonly unknown[], level: number, inspection: Inspection): string[] {
  const entries: string[] = [];
  let next = 0;
  for (const key of Object.keys(array)) {
    if (!isIndex(key) || entries.length >= inspection.maxArrayLength) break;
    const index = Number(key);
    if (index > next) entries.push(holes(index - next));
    next = index;
    if (entries.length >= inspection.maxArrayLength) break;
    entries.push(formatElement(array, key, level, inspection));
    next = index + 1;
  }
  const rest = array.length - next;
  if (rest > 0)
    entries.push(entries.length < inspection.maxArrayLength ? holes(rest) : omitted(rest, 'item'));
  return entries;
}

function holes(count: number): string {
  return `<${count} empty item${count > 1 ? 's' : ''}>`;
}

export function setEntries(set: ReadonlySet<unknown>, level: number, inspection: Inspection): string[] {
  return limited(Set.prototype.values.call(set), sizeOf(set), inspection, (item) =>
    inspection.print(item, level),
  );
}

export function mapEntries(
  map: ReadonlyMap<unknown, unknown>,
  level: number,
  inspection: Inspection,
): string[] {
  const pairs = Map.prototype.entries.call(map) as Iterable<[unknown, unknown]>;
  return limited(
    pairs,
    sizeOf(map),
    inspection,
    ([key, value]) => `${inspection.print(key, level)} => ${inspection.print(value, level)}`,
  );
}

function limited<T>(
  items: Iterable<T>,
  size: number,
  inspection: Inspection,
  print: (item: T) => string,
): string[] {
  const entries: string[] = [];
  const shown = Math.min(inspection.maxArrayLength, size);
  indented(inspection, 2, () => {
    if (shown === 0) return;
    for (const item of items) {
      entries.push(print(item));
      if (entries.length >= shown) break;
    }
  });
  if (size > shown) entries.push(omitted(size - shown, 'item'));
  return entries;
}

const TYPED_ARRAY_DETAILS = ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer'] as const;

export function typedArrayEntries(array: Uint8Array, level: number, inspection: Inspection): string[] {
  const shown = Math.min(inspection.maxArrayLength, array.length);
  const entries: string[] = [];
  for (let index = 0; index < shown; index++) {
    const element: number | bigint = array[index] ?? 0;
    entries.push(typeof element === 'bigint' ? `${element}n` : formatNumber(element));
  }
  if (array.length > shown) entries.push(omitted(array.length - shown, 'item'));
  if (inspection.showHidden) {
    indented(inspection, 2, () => {
      for (const key of TYPED_ARRAY_DETAILS) {
        entries.push(`[${key}]: ${inspection.print(array[key], level, true)}`);
      }
    });
  }
  return entries;
}

export function arrayBufferEntries(buffer: ArrayBuffer, inspection: Inspection): string[] {
  const shown = Math.min(inspection.maxArrayLength, buffer.byteLength);
  const bytes = Array.from(new Uint8Array(buffer, 0, shown), (byte) => byte.toString(16).padStart(2, '0'));
  const rest = buffer.byteLength - shown;
  const contents = `${bytes.join(' ')}${rest > 0 ? ` ${omitted(rest, 'byte')}` : ''}`;
  return [`[Uint8Contents]: <${contents}>`];
}
