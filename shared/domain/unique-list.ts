import * as z from 'zod';

/** A list in which nothing is twice. */
export function uniqueList<Item extends z.ZodType<string>>(item: Item) {
  return z.array(item).refine((items) => new Set(items).size === items.length, 'must be unique');
}
