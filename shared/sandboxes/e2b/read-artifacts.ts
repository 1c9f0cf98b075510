import type { Sandbox } from 'e2b';
import type { CollectedArtifact } from '../../ports/sandbox-backend.ts';
import { symptomOf } from './read-symptom.ts';
import type { RunnerReport } from './runner-frames.ts';
import { type Symptom, WireFault } from './wire-fault.ts';

type Listed = RunnerReport['artifacts'];

/** A little above what the runner lists, so that only a broken one is cut here. */
const maxBytes = 10_485_760;
const maxCount = 100;
/** All of them are in memory together, and a sparse file is large for nothing. */
const maxTotalBytes = 50_000_000;
const maxPathLength = 1_024;
/** Files that are read at the same time. */
const width = 4;
const home = '/home/user';

/**
 * Reads the files that the runner's report names, in its order. Nothing runs in the sandbox any more, so each must
 * have exactly the size that was reported. What the program named or locked so that it can't be read is left out:
 * no program can make its own run a failure of ours.
 *
 * @throws WireFault `garbage` when a size differs, or what the SDK throws
 */
export async function readArtifacts(
  sandbox: Sandbox,
  listed: Listed,
  signal: AbortSignal,
): Promise<CollectedArtifact[]> {
  const collected: (CollectedArtifact | null)[] = [];
  const waiting = [...readable(listed).entries()];
  const readNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, { path, bytes }] = next;
      const content = await readWhole(sandbox, path, bytes, signal);
      collected[index] = content === null ? null : { path, content };
    }
  };
  await Promise.all(Array.from({ length: width }, readNext));
  return collected.filter((artifact) => artifact !== null);
}

function readable(listed: Listed): Listed {
  let leftBytes = maxTotalBytes;
  return listed
    .filter(({ path, bytes }) => isPlain(path) && bytes <= maxBytes)
    .slice(0, maxCount)
    .filter(({ bytes }) => {
      const fits = bytes <= leftBytes;
      if (fits) leftBytes -= bytes;
      return fits;
    });
}

/** Relative, normal, valid Unicode, and nothing that could mean another place to whoever stores it. */
function isPlain(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are left out
  if (path.length > maxPathLength || !path.isWellFormed() || /[\u0000-\u001f\u007f\\]/.test(path))
    return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

const unreadable: readonly Symptom[] = ['not_found', 'forbidden', 'bad_request'];

/** Null when the sandbox answers that this file can't be read. */
async function readWhole(
  sandbox: Sandbox,
  path: string,
  bytes: number,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const options = { user: 'user', format: 'stream', signal } as const;
  const stream = await sandbox.files.read(`${home}/${path}`, options).catch((error: unknown) => {
    if (unreadable.includes(symptomOf(error))) return null;
    throw error;
  });
  if (stream === null) return null;
  const content = new Uint8Array(bytes);
  let length = 0;
  for await (const chunk of stream) {
    if (length + chunk.length > bytes) throw new WireFault('garbage', 'an artifact is longer than reported');
    content.set(chunk, length);
    length += chunk.length;
  }
  if (length !== bytes) throw new WireFault('garbage', 'an artifact is shorter than reported');
  return content;
}
