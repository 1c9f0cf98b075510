import type { Attack } from '../support/attack.ts';
import { artifactAttacks } from './processes/artifacts.ts';
import { diskBombs } from './processes/disk-bombs.ts';
import { endlessAttacks } from './processes/endless.ts';
import { floodAttacks } from './processes/floods.ts';
import { forkBombs } from './processes/fork-bombs.ts';
import { hostFileAttacks } from './processes/host-files.ts';
import { kernelAttacks } from './processes/kernel.ts';
import { memoryBombs } from './processes/memory-bombs.ts';
import { networkAttacks } from './processes/network.ts';
import { privilegeAttacks } from './processes/privileges.ts';
import { procAttacks } from './processes/proc.ts';
import { reportAttacks } from './processes/reports.ts';
import { signalAttacks } from './processes/signals.ts';
import { startupAttacks } from './processes/startup-files.ts';

/** What a program can try that has processes, files and system calls of a kernel. */
export const processAttacks: Record<string, Attack[]> = {
  'forks and stays': forkBombs,
  'hoards memory': memoryBombs,
  'fills the disk': diskBombs,
  'does not end': endlessAttacks,
  'floods its output': floodAttacks,
  'calls the kernel': kernelAttacks,
  'wants to be root': privilegeAttacks,
  'walks through /proc': procAttacks,
  'reads files of the host': hostFileAttacks,
  'calls somebody outside': networkAttacks,
  'signals others': signalAttacks,
  'speaks for the runner': reportAttacks,
  'leaves files that interpreters obey': startupAttacks,
  'leaves artifacts that bite': artifactAttacks,
};
