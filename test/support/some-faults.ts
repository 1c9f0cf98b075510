import { isFull } from './full-run.ts';

/** How often each fault point is hit. */
export const hitsPerPoint = isFull ? 25 : 3;

/** The same where each hit waits for the SDK to give up. */
export const hitsPerSlowPoint = isFull ? 25 : 1;

/** Executions of the suite that crashes them at random. */
export const crashedExecutions = isFull ? 10_000 : 300;

/** Histories that the model is held against. */
export const histories = isFull ? 500 : 10;

/** How often the whole service is killed at each point. */
export const hitsPerServicePoint = isFull ? 25 : 1;

/** Whether leases of killed services run out by themselves, or the reconciler is told at once that they have. */
export const waitsForLeases = isFull;
