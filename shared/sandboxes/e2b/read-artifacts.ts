import type { Sandbox } from 'e2b';
import type { CollectedArtifact } from '../../ports/sandbox-backend.ts';
import type { RunnerReport } from './runner-frames.ts';
import { WireFault } from './wire-fault.ts';

/** Files that are read at the same time. */
const width = 4;
const home = '/home/user';

/**
 * Reads the files that the runner's report names, in its order. Nothing runs in the sandbox any more, so each must
 * have exactly the size that was reported.
 *
 * @throws WireFault `garbage` when one has not, or what the SDK throws
 */
export async function readArtifacts(
  sandbox: Sandbox,
  listed: RunnerReport['artifacts'],
  signal: AbortSignal,
): Promise<CollectedArtifact[]> {
  const collected: CollectedArtifact[] = [];
  const waiting = [...listed.entries()];
  const readNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, { path, bytes }] = next;
      collected[index] = { path, content: await readWhole(sandbox, path, bytes, signal) };
    }
  };
  await Promise.all(Array.from({ length: width }, readNext));
  return collected;
}

async function readWhole(
  sandbox: Sandbox,
  path: string,
  bytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const stream = await sandbox.files.read(`${home}/${path}`, { user: 'user', format: 'stream', signal });
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
