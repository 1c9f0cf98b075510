import type { Attack } from '../support/attack.ts';
import { javascriptBombs } from './anywhere/javascript-bombs.ts';
import { javascriptRecursion } from './anywhere/javascript-recursion.ts';
import { pythonBombs } from './anywhere/python-bombs.ts';

/** What a program can try that has nothing but its language, on every backend. */
export const anywhereAttacks: Record<string, Attack[]> = {
  'wants more of something than it may have': [...pythonBombs, ...javascriptBombs],
  'nests and recurses as deep as it goes': javascriptRecursion,
};
