import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { parseKey } from '../shared/contract/api-key.ts';
import { StartError } from './start-error.ts';

const keySchema = z.string().refine((key) => parseKey(key) !== null);
const localKeysSchema = z.object({ admin: keySchema, execute: keySchema });

/** The keys of the local tenant, as `keys.json` in the data directory holds them. */
export type LocalKeys = z.infer<typeof localKeysSchema>;

const fileIn = (dataDirectory: string): string => join(dataDirectory, 'keys.json');

/** Null when there are none yet. Throws a StartError for a file that doesn't hold keys. */
export async function readLocalKeys(dataDirectory: string): Promise<LocalKeys | null> {
  const file = fileIn(dataDirectory);
  try {
    return localKeysSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new StartError(`${file} can't be read as keys. Delete it, and "npm start" makes new ones.`, {
      cause: error,
    });
  }
}

/** Readable by the owner only. */
export async function writeLocalKeys(dataDirectory: string, keys: LocalKeys): Promise<void> {
  await mkdir(dataDirectory, { recursive: true });
  await writeFile(fileIn(dataDirectory), `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
}
