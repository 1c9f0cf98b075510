import { availableParallelism } from 'node:os';

/** Descriptors of a booting sentry, as the launcher passes them on (0 to 2: nothing, nothing, its last words). */
export const bootDescriptors = { image: 3, spec: 4, booted: 5, stdin: 6, stdout: 7, stderr: 8, control: 9 };

/** More would only let one guest take the whole machine. */
const MOST_CPUS = 2;

/**
 * What runsc is called with, in boot mode and in run mode: nothing of the host is reachable, files by the image alone.
 * systrap needs no virtualisation; ptrace, the alternative, makes each system call 75 times slower.
 */
export const globalFlags = [
  '--network=none',
  '--platform=systrap',
  '--ignore-cgroups',
  '--directfs=false',
  '--host-uds=none',
  '--overlay2=none',
];

/**
 * Arguments of runsc's internal `boot` command: the half of `runsc run` that is left when no namespace can be made.
 * There is no gofer, as the only file of the host that a guest sees is the image behind a descriptor.
 */
export function bootArguments(id: string, memoryMiB: number): string[] {
  const fds = bootDescriptors;
  return [
    'runsc-sandbox',
    '--root=/',
    ...globalFlags,
    'boot',
    '--bundle=/',
    `--io-fds=${fds.image}`,
    `--spec-fd=${fds.spec}`,
    `--start-sync-fd=${fds.booted}`,
    `--stdio-fds=${fds.stdin}`,
    `--stdio-fds=${fds.stdout}`,
    `--stdio-fds=${fds.stderr}`,
    `--controller-fd=${fds.control}`,
    '--gofer-mount-confs=erofs:none',
    `--cpu-num=${Math.min(MOST_CPUS, availableParallelism())}`,
    // What the guest reads in /proc/meminfo; the limit itself is kept from outside.
    `--total-memory=${memoryMiB * 1024 * 1024}`,
    // The launcher has done both.
    '--setup-root=false',
    '--apply-caps=false',
    '--attached',
    '--product-name=cordon',
    id,
  ];
}
