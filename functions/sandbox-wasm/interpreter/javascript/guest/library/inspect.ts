/** What `node:util` prints and compares with: the surface that the console, `util` and `assert` share. */
export { isDeepStrictEqual } from './inspect/deep-strict-equal.ts';
export { format } from './inspect/format.ts';
export { inspect } from './inspect/inspect-value.ts';
