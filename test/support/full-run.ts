/** Whether suites that repeat others on another ground do so in full: `npm run test:attacks`, `npm run test:faults`. */
export const isFull = process.env.CORDON_TESTS === 'full';

/** A share of the attacks of each kind, for a ground on which most of them say the same as on the first. */
export const someAttacks = isFull ? 1 : 3;
