import type { Limits } from '../../../shared/domain/limits.ts';
import type { GuestLimits } from '../guest/guest.ts';

/** What the guest itself needs beside the program: agent, runner, page tables, the kernel's own memory. */
const memoryAllowanceMiB = 96;
const cpuMarginMs = 2_000;

/**
 * What the host enforces from outside when a sandbox is for a job with these limits. The runner inside keeps the
 * exact ones and says so; these hold when it can't.
 */
export function enforcedLimits({ memoryMiB, cpuTimeMs }: Limits): Required<GuestLimits> {
  return { memoryMiB: memoryMiB + memoryAllowanceMiB, cpuTimeMs: cpuTimeMs + cpuMarginMs };
}
