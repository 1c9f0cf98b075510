import { type Limits, limitCeilings } from '../../../shared/domain/limits.ts';
import type { GuestLimits } from '../guest/guest.ts';

/** What the guest itself needs beside the program: agent, runner, page tables, the kernel's own memory. */
const memoryAllowanceMiB = 96;
const cpuMarginMs = 2_000;
const processMargin = 16;

/**
 * What the host enforces from outside when a sandbox is for a job with these limits. The runner inside keeps the
 * exact ones and says so; these hold when it can't.
 */
export function enforcedLimits({ memoryMiB, diskMiB, cpuTimeMs }: Limits): Required<GuestLimits> {
  return { memoryMiB: hostMemoryMiB(memoryMiB, diskMiB), cpuTimeMs: cpuTimeMs + cpuMarginMs };
}

/** What every guest starts with, before it is known what for: room for any job. */
export const guestCeilings = {
  memoryMiB: hostMemoryMiB(limitCeilings.memoryMiB, limitCeilings.diskMiB),
  diskMiB: limitCeilings.diskMiB,
  processes: limitCeilings.processes + processMargin,
};

/** A guest's files are in memory too. */
function hostMemoryMiB(memoryMiB: number, diskMiB: number): number {
  return memoryMiB + diskMiB + memoryAllowanceMiB;
}
