import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const fileSchema = z.object({ path: z.string() });
const setupSchema = z.object({
  runsc: fileSchema,
  launcher: fileSchema,
  caller: fileSchema,
  rootfs: fileSchema,
});

/** Where `npm run setup:gvisor` leaves what it made. */
const folder = join(import.meta.dirname, '../.cordon-gvisor');

/** The variables by which the sandbox host finds gVisor on this machine. */
export interface GvisorSetup extends Record<string, string> {
  CORDON_RUNSC: string;
  CORDON_LAUNCHER: string;
  CORDON_SENTRY_CALLER: string;
  CORDON_ROOTFS: string;
}

/** What `npm run setup:gvisor` put on this machine; null before. Throws when an older version of it did. */
export function readGvisorSetup(directory: string = folder): GvisorSetup | null {
  const file = join(directory, 'setup.json');
  if (!existsSync(file)) return null;
  const setup = setupSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!setup.success) throw new Error(`${file} is not of this version: run "npm run setup:gvisor" again`);
  const { runsc, launcher, caller, rootfs } = setup.data;
  return {
    CORDON_RUNSC: runsc.path,
    CORDON_LAUNCHER: launcher.path,
    CORDON_SENTRY_CALLER: caller.path,
    CORDON_ROOTFS: rootfs.path,
  };
}
