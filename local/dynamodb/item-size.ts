import { expressions, type Item } from './dynalite.ts';

/** An item's size in bytes as DynamoDB counts it. dynalite counts text by UTF-16 units: what UTF-8 needs more is added. */
export function sizeOf(item: Item): number {
  const text = JSON.stringify(item);
  return expressions.itemSize(item) + Buffer.byteLength(text) - text.length;
}
