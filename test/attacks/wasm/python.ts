import type { Attack } from '../../support/attack.ts';
import { bombAttacks } from './python/bombs.ts';
import { bridgeAttacks } from './python/bridge.ts';
import { fileAttacks } from './python/files.ts';
import { memoryAttacks } from './python/memory.ts';
import { processAttacks } from './python/processes.ts';
import { stateAttacks } from './python/state.ts';

/** Every way out of the Python sandbox that we know of, and every way to leave something in it. */
export const pythonAttacks: Attack[] = [
  ...bridgeAttacks,
  ...memoryAttacks,
  ...processAttacks,
  ...fileAttacks,
  ...stateAttacks,
  ...bombAttacks,
];
