import { totalmem } from 'node:os';
import type { Template } from './guest/guest.ts';

const bytesPerMiB = 1024 * 1024;
/** For this process, the kernel and whatever else the machine does. */
const shareForSandboxes = 0.8;

/** What an idle guest may hold, its interpreter loaded. */
const idleMiB: Record<Template, number> = { python: 32, 'python-data': 128, javascript: 64, bash: 32 };

/** What this machine, or the container it is limited to, can give to guests. */
export function memoryForGuestsMiB(): number {
  const limitBytes = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return Math.floor((Math.min(limitBytes, totalmem()) / bytesPerMiB) * shareForSandboxes);
}

/** What is left for sandboxes that run, with all guests ready that shall be. */
export function memoryForSandboxesMiB(
  memoryMiB: number,
  warm: Readonly<Partial<Record<Template, number>>>,
): number {
  const warmMiB = Object.entries(warm).map(([template, count]) => idleMiB[template as Template] * count);
  return memoryMiB - warmMiB.reduce((sum, one) => sum + one, 0);
}
