import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { Sample } from './corpus.ts';

/** Larger modules are left out: they are data, or take their time. */
const mostBytes = 40_000;

/**
 * What an ordinary program has no reason to do, and Python's own modules have: they are the interpreter's debugger,
 * importer, compiler and installer, or hand a connection to a child process.
 */
const interior =
  /^(?:inspect|cgitb|zipimport|netrc|pdb|bdb|site|sitecustomize|turtle\w*|antigravity|this|_pyrepl.*|pydoc_data.*|encodings.*|idlelib.*|test.*|lib2to3.*|ensurepip.*|pip.*|_sysconfigdata.*)$|asyncio\/(?:base_tasks|graph)|http\/server|importlib\//;

/** Modules of Python's standard library, as whole programs. They come with Pyodide, in a zip archive. */
export function standardLibrary(): Sample[] {
  const folder = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
  return [...readZip(readFileSync(join(folder, 'python_stdlib.zip')))].flatMap(({ name, bytes, read }) => {
    const module = name.replace(/\.py$/, '');
    const isLeftOut = !name.endsWith('.py') || bytes > mostBytes || bytes < 400 || interior.test(module);
    return isLeftOut
      ? []
      : [{ name: `python: ${name}`, language: 'python' as const, source: read().toString('utf8') }];
  });
}

interface ZipEntry {
  name: string;
  bytes: number;
  read: () => Buffer;
}

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 and 4.3.7 */
function* readZip(zip: Buffer): Iterable<ZipEntry> {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, packed, bytes] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt32LE(at + 24),
    ];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      zip.readUInt16LE(at + field),
    );
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(start, start + packed);
    yield { name, bytes, read: () => (method === 8 ? inflateRawSync(content) : content) };
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
}
