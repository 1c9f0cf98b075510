import { once } from 'node:events';
import { z } from 'zod';
import type { Sentry, SentryHost, SentryOptions, SentryUsage } from '../sentry/sentry.ts';
import { removeSnapshot } from '../sentry/snapshot.ts';

/** What the guest says of itself; it comes out of a sandbox, so it is parsed like any other input. */
const guestFindingsSchema = z.strictObject({
  kernel: z.strictObject({ release: z.string(), gvisor: z.boolean() }),
  pid: z.number(),
  environment: z.array(z.string()),
  seesHostFile: z.boolean(),
  interfaces: z.array(z.string()),
  connections: z.record(z.string(), z.string()),
  mounts: z.array(z.strictObject({ at: z.string(), type: z.string(), readOnly: z.boolean() })),
  blockDevices: z.array(z.string()),
  user: z.strictObject({ uid: z.number(), capabilities: z.string(), did: z.array(z.string()) }),
});

export type GuestFindings = z.infer<typeof guestFindingsSchema>;

/** EC2's instance metadata and ECS's task credentials: what stolen code looks for first. */
export const metadataAddresses = ['169.254.169.254:80', '169.254.170.2:80'];

const LONGEST_FINDINGS_BYTES = 100_000;
const LONGEST_PROBE_MS = 20_000;

const program = '/usr/lib/cordon/probe.py';
/** Says that it is there, and waits for a line until it looks around. */
const waiting = `import runpy, sys; print(flush=True); input(); runpy.run_path('${program}', run_name='__main__')`;

/** From nothing; or saved while it waited, and restored. */
export type ProbeStart = 'fresh' | 'restored';

/** Has the image's probe look around in a guest of its own. Throws when it can't or says something else. */
export async function probeGuest<SentryState>(
  host: SentryHost,
  start: ProbeStart,
  hostFile: string,
  lookAt: (pid: number, uid: number) => SentryState,
): Promise<{ guest: GuestFindings; sentry: SentryState; usage: SentryUsage }> {
  const sandbox = await (start === 'fresh'
    ? startProbe(host, [program], hostFile)
    : restoreProbe(host, hostFile));
  return useInTime(sandbox, async () => {
    let said = '';
    for await (const chunk of sandbox.stdout) {
      said += chunk;
      if (said.length > LONGEST_FINDINGS_BYTES) throw new Error('the guest says too much');
      if (said.endsWith('\n')) break;
    }
    const guest = guestFindingsSchema.parse(JSON.parse(said));
    return { guest, sentry: lookAt(sandbox.pid, sandbox.uid), usage: sandbox.usage() };
  });
}

/** Nothing is left of the sandbox afterwards, nor does one that hangs outlive its time. */
async function useInTime<T>(sandbox: Sentry, use: () => Promise<T>): Promise<T> {
  const giveUp = setTimeout(() => void sandbox.kill(), LONGEST_PROBE_MS);
  try {
    sandbox.stderr.resume();
    return await use();
  } finally {
    clearTimeout(giveUp);
    await sandbox.kill();
  }
}

function startProbe(
  host: SentryHost,
  python: readonly string[],
  hostFile: string,
  snapshot?: SentryOptions['snapshot'],
): Promise<Sentry> {
  return host.start({
    argv: ['/usr/bin/python3', '-I', ...python, hostFile, ...metadataAddresses],
    memoryMiB: 256,
    cpuTimeMs: 20_000,
    diskMiB: 8,
    processes: 8,
    snapshot,
  });
}

async function restoreProbe(host: SentryHost, hostFile: string): Promise<Sentry> {
  const first = await startProbe(host, ['-c', waiting], hostFile);
  const snapshot = await useInTime(first, async () => {
    await Promise.race([once(first.stdout, 'data'), first.ended]);
    return first.save();
  });
  try {
    const restored = await startProbe(host, ['-c', waiting], hostFile, snapshot);
    restored.stdin.write('\n');
    return restored;
  } finally {
    removeSnapshot(snapshot);
  }
}
