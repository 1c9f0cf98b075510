import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const fileSchema = z.object({ path: z.string() });
const setupSchema = z.object({ runsc: fileSchema, launcher: fileSchema, rootfs: fileSchema });

/** Where `npm run setup:gvisor` leaves what it made. */
const folder = '.cordon-gvisor';

/** The variables by which the sandbox host finds gVisor on this machine; null before `npm run setup:gvisor`. */
export async function readGvisorSetup(directory: string = folder): Promise<Record<string, string> | null> {
  const text = await readFile(join(directory, 'setup.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  const { runsc, launcher, rootfs } = setupSchema.parse(JSON.parse(text));
  return { CORDON_RUNSC: runsc.path, CORDON_LAUNCHER: launcher.path, CORDON_ROOTFS: rootfs.path };
}
