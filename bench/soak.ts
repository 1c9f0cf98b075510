import { readGvisorSetup } from '../local/gvisor-setup.ts';
import { measureLifecycleRate } from './measure-sandbox-host.ts';
import { proportionalKiB } from './process-memory.ts';
import { withSandboxHost } from './sandbox-host-process.ts';
import { round, summarize } from './statistics.ts';

/** `npm run soak`: sandboxes are made, used and ended for five minutes; the rate stays and the host doesn't grow. */
const windows = 10;
const windowSeconds = 30;
/** A machine that others use too is not steadier than this. */
const leastShareOfMedian = 0.75;
/** Beyond what a collector leaves for later. */
const mostGrowthMiB = 20;
/** On a large machine V8 leaves 100 MiB of garbage for many minutes; what is alive are 26 MiB, whatever the host has done. */
const collectSoon = ['--max-old-space-size=64', '--max-semi-space-size=8'];

const setup = readGvisorSetup();
if (setup === null) throw new Error('no gVisor here: run "npm run setup:gvisor" as root');

await withSandboxHost(
  setup,
  { python: 3 },
  async (host, pid) => {
    const rates: number[] = [];
    const memoryMiB: number[] = [];
    console.log('second  lifecycles/s  host MiB');
    for (let n = 1; n <= windows; n += 1) {
      rates.push(round(await measureLifecycleRate(host, windowSeconds)));
      memoryMiB.push(Math.round(proportionalKiB(pid) / 1024));
      console.log(`${n * windowSeconds}`.padEnd(8) + `${rates.at(-1)}`.padEnd(14) + memoryMiB.at(-1));
    }
    const slowest = Math.min(...rates) / summarize(rates).p50;
    const growthMiB = (memoryMiB.at(-1) ?? 0) - (memoryMiB[1] ?? 0);
    console.log(
      `slowest half minute: ${round(slowest)} of the median; memory since the first minute: ${growthMiB} MiB`,
    );
    if (slowest < leastShareOfMedian || growthMiB > mostGrowthMiB) process.exitCode = 1;
  },
  collectSoon,
);
