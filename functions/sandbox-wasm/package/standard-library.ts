import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readZip, writeZip, type ZipEntry, zipEntry } from './zip-archive.ts';

/** Packages of Pyodide's library that only work with its JavaScript, which sandboxes are without. */
const excluded = ['pyodide/', '_pyodide/', 'webbrowser.py'];
/** Where Linux distributions keep the IANA time zone database. */
const zoneFolder = '/usr/share/zoneinfo';

/**
 * The library that programs import from: Python's own modules, and the time zones of the machine that builds, as
 * the package `tzdata` that `zoneinfo` looks for. Without a database on that machine there are none.
 */
export async function makeStandardLibrary(pyodideLibrary: Buffer): Promise<Buffer> {
  const own = readZip(pyodideLibrary).filter(
    ({ name }) => !excluded.some((prefix) => name.startsWith(prefix)),
  );
  return writeZip([...own, ...(await zoneEntries())]);
}

async function zoneEntries(): Promise<ZipEntry[]> {
  const paths = await readdir(zoneFolder, { recursive: true }).catch(() => []);
  const entries: ZipEntry[] = [];
  const packages = new Set(['tzdata/', 'tzdata/zoneinfo/']);
  for (const path of paths.sort()) {
    // Copies of the same zones with and without leap seconds.
    if (/^(posix|right)\//.test(path)) continue;
    const content = await readFile(join(zoneFolder, path)).catch(() => null);
    if (content === null || content.toString('latin1', 0, 4) !== 'TZif') continue;
    entries.push(zipEntry(`tzdata/zoneinfo/${path}`, content));
    packages.add(`tzdata/zoneinfo/${path}`.replace(/[^/]*$/, ''));
  }
  if (entries.length === 0) return [];
  const markers = [...packages].map((folder) => zipEntry(`${folder}__init__.py`, new Uint8Array(0)));
  const names = entries.map(({ name }) => name.slice('tzdata/zoneinfo/'.length));
  return [...markers, zipEntry('tzdata/zones', Buffer.from(names.join('\n'))), ...entries];
}
