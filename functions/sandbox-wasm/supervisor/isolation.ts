import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** What holds a child besides WebAssembly and Node's permission model. Depends on the machine. */
export interface Isolation {
  /** Node's own: no files but its folder, no processes, no workers, no addons. Always in force. */
  permissionModel: true;
  /** Resource limits of the kernel, and by which program they are set. */
  resourceLimits: 'prlimit' | 'shell' | 'none';
  /** An empty network namespace: no interface, not even a route to this machine. */
  networkNamespace: boolean;
  /** The kernel kills the child when this process dies, even in a busy loop, and it can't gain privileges. */
  diesWithParent: boolean;
}

/** The isolation of this machine and the command that puts it around another. */
export interface IsolationCommand {
  isolation: Isolation;
  /** Arguments to put in front of a command; the first is the program to start. */
  prefix: readonly string[];
  /** The native stack that the command gets. */
  stackBytes: number;
}

const mebibyte = 1_048_576;
/** Deep but legal recursion takes up to 1 KiB a level in WebAssembly. Only what is used takes memory. */
const wantedStackBytes = 256 * mebibyte;
/** What a process gets where it can't be changed: the usual 8 MiB of Linux. */
const defaultStackBytes = 8 * mebibyte;
/** The last resort against a child that nobody watches any more: a loop ends after this much CPU time. */
const cpuSeconds = 900;

/** Where system programs are. Commands use whole paths: the child's environment is empty. */
const programFolders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];

/** Tries out what this machine allows. Some 20 ms: done once, at start. */
export function probeIsolation(): IsolationCommand {
  const network = firstThatWorks([
    ['unshare', '--net'],
    ['unshare', '--map-current-user', '--net'],
    ['unshare', '--map-root-user', '--net'],
  ]);
  const parent = firstThatWorks([
    ['setpriv', '--pdeathsig=KILL', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all'],
    ['setpriv', '--pdeathsig=KILL', '--no-new-privs'],
  ]);
  const deep = firstThatWorks([
    ['prlimit', ...plainLimits, `--stack=${wantedStackBytes}`],
    ['sh', '-c', shellLimits, 'sh'],
  ]);
  const limits = deep.length > 0 ? deep : firstThatWorks([['prlimit', ...plainLimits]]);
  return {
    isolation: {
      permissionModel: true,
      resourceLimits: nameOfLimits(limits[0]),
      networkNamespace: network.length > 0,
      diesWithParent: parent.length > 0,
    },
    prefix: [...network, ...parent, ...limits],
    stackBytes: deep.length > 0 ? wantedStackBytes : defaultStackBytes,
  };
}

const plainLimits = ['--core=0', '--fsize=0', '--nofile=64', `--cpu=${cpuSeconds}`];

/** The same limits by the shell's own `ulimit`, whose units are KiB and blocks. */
const shellLimits = [
  'ulimit -c 0',
  'ulimit -f 0',
  'ulimit -n 64',
  `ulimit -t ${cpuSeconds}`,
  `ulimit -s ${wantedStackBytes / 1024}`,
  'exec "$@"',
].join(' && ');

function nameOfLimits(program: string | undefined): Isolation['resourceLimits'] {
  if (program === undefined) return 'none';
  return program.endsWith('/prlimit') ? 'prlimit' : 'shell';
}

/** The first command that exists and succeeds around `true`, with its program's whole path; or none. */
function firstThatWorks(commands: string[][]): string[] {
  const truth = pathOf('true');
  for (const [name, ...args] of commands) {
    const program = pathOf(name ?? '');
    if (program === null || truth === null) continue;
    const { status } = spawnSync(program, [...args, truth], { env: {}, stdio: 'ignore', timeout: 2000 });
    if (status === 0) return [program, ...args];
  }
  return [];
}

function pathOf(program: string): string | null {
  return programFolders.map((folder) => join(folder, program)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
