import type { Attack } from '../../support/attack.ts';
import { bombAttacks } from './javascript/bombs.ts';
import { boundaryAttacks } from './javascript/boundary.ts';
import { compilerAttacks } from './javascript/compiler.ts';
import { errorAttacks } from './javascript/errors.ts';
import { escapeAttacks } from './javascript/escapes.ts';
import { fileAttacks } from './javascript/files.ts';
import { memoryAttacks } from './javascript/memory.ts';
import { stateAttacks } from './javascript/state.ts';

/** Every way out of the JavaScript sandbox that we know of, and every way to leave something in it. */
export const javascriptAttacks: Attack[] = [
  ...escapeAttacks,
  ...boundaryAttacks,
  ...errorAttacks,
  ...fileAttacks,
  ...stateAttacks,
  ...compilerAttacks,
  ...memoryAttacks,
  ...bombAttacks,
];
