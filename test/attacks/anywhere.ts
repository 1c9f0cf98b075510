import type { Attack } from '../support/attack.ts';

export const anywhereAttacks: Record<string, Attack[]> = {};
