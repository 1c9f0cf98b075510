import { isDeepEqual } from './deep-equal.ts';

/** `util.isDeepStrictEqual`: same structure, same types, same prototypes. */
export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  return isDeepEqual(a, b, 'strict');
}
