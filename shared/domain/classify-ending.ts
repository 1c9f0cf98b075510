import { unreachable } from './cordon-error.ts';
import type { Outcome } from './execution.ts';
import type { Ending } from './sandbox-report.ts';

/** The public words for an ending. `exitCode` and `signal` are null where the ending has none. */
export interface Classification {
  outcome: Outcome;
  exitCode: number | null;
  signal: string | null;
}

/** Turns how a program's process ended into its Outcome. Total: every ending has exactly one. */
export function classifyEnding(ending: Ending): Classification {
  switch (ending.kind) {
    case 'exited':
      return {
        outcome: ending.exitCode === 0 ? 'succeeded' : 'nonzero_exit',
        exitCode: ending.exitCode,
        signal: null,
      };
    case 'signaled':
      return { outcome: 'signaled', exitCode: null, signal: ending.signal };
    case 'limited':
      return { outcome: limitOutcomes[ending.limit], exitCode: null, signal: null };
    case 'blocked':
      return { outcome: 'blocked', exitCode: null, signal: null };
    default:
      return unreachable(ending);
  }
}

const limitOutcomes = {
  wallTimeMs: 'time_limit_exceeded',
  cpuTimeMs: 'time_limit_exceeded',
  memoryMiB: 'memory_limit_exceeded',
  outputBytes: 'output_limit_exceeded',
} as const satisfies Record<Extract<Ending, { kind: 'limited' }>['limit'], Outcome>;
