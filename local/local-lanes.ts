import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { type BackendName, backends } from '../shared/domain/execution.ts';
import { readGvisorSetup } from './gvisor-setup.ts';
import { StartError } from './start-error.ts';

/** What this machine can run, before anything has been started. */
export interface LocalLanes {
  e2bKey: string | null;
  /** How a sandbox host finds gVisor. */
  gvisor: Record<string, string> | null;
  /** Tells the sandboxes that this service makes in an E2B account from those of other machines. */
  deployment: string;
  /** The lanes that are on, and why others aren't; `hostProblem` is what kept the sandbox host from starting. */
  report(hostProblem: string | null): LaneReport;
}

/** Lanes that are on, and those that aren't with the reason. */
export interface LaneReport {
  on: BackendName[];
  off: string[];
}

/**
 * The wasm lane is always there; E2B_API_KEY adds e2b, and `npm run setup:gvisor` gvisor. CORDON_LANES, a list
 * such as `wasm,gvisor`, leaves out the others.
 */
export async function findLocalLanes(
  environment: Readonly<Record<string, string | undefined>>,
  dataDirectory: string,
): Promise<LocalLanes> {
  const allowed = readAllowed(environment.CORDON_LANES);
  const e2bKey = allowed.includes('e2b') ? environment.E2B_API_KEY || null : null;
  const gvisor = allowed.includes('gvisor') ? readGvisorSetup() : null;
  const offBy = (hostProblem: string | null): Record<BackendName, string | null> => ({
    wasm: null,
    e2b: e2bKey === null ? 'set E2B_API_KEY to a key of https://e2b.dev' : null,
    gvisor: gvisor === null ? 'run "npm run setup:gvisor" as root on Linux' : hostProblem,
  });
  return {
    e2bKey,
    gvisor,
    deployment: createHash('sha256')
      .update(`${hostname()}\0${resolve(dataDirectory)}`)
      .digest('hex')
      .slice(0, 16),
    report(hostProblem) {
      const reasons = offBy(hostProblem);
      const on = allowed.filter((lane) => reasons[lane] === null);
      const off = backends.filter((lane) => !on.includes(lane));
      return {
        on,
        off: off.map((lane) => `${lane}: ${allowed.includes(lane) ? reasons[lane] : 'not in CORDON_LANES'}`),
      };
    },
  };
}

function readAllowed(text: string | undefined): BackendName[] {
  if (text === undefined || text === '') return [...backends];
  const names = text.split(',');
  const unknown = names.find((name) => !backends.some((backend) => backend === name));
  if (unknown !== undefined)
    throw new StartError(`CORDON_LANES names "${unknown}", which is none of ${backends.join(', ')}.`);
  return backends.filter((backend) => names.includes(backend));
}
