import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import type { GuestEntry, GuestUser } from '../../guest/guest.ts';
import type { Sandbox } from '../../sandboxes/sandbox.ts';
import { answerJson, type Call } from '../call.ts';
import { readUnaryMessage } from '../connect/read-request.ts';
import { guestPath } from './guest-path.ts';
import { userOfHeader } from './guest-user.ts';

/** Requests of `filesystem.Filesystem`, in protobuf's JSON: an empty path is left out, and means the home. */
const pathSchema = z.object({ path: z.string().default('') });
const moveSchema = z.object({ source: z.string().default(''), destination: z.string().default('') });
const listDirSchema = z.object({ path: z.string().default(''), depth: z.int().nonnegative().default(1) });

/** `filesystem.Filesystem/Stat` */
export async function stat({ guest }: Sandbox, call: Call): Promise<void> {
  const { path, user } = await readPath(call.request);
  answerJson(call, 200, { entry: toEntryInfo(await guest.stat(path, user)) });
}

/** `filesystem.Filesystem/ListDir` */
export async function listDir({ guest }: Sandbox, call: Call): Promise<void> {
  const user = userOfHeader(call.request);
  const { path, depth } = await readUnaryMessage(call.request, listDirSchema);
  const entries = await guest.list(guestPath(path, user), Math.max(1, depth), user);
  answerJson(call, 200, { entries: entries.map(toEntryInfo) });
}

/** `filesystem.Filesystem/MakeDir`, with the folders on the way. */
export async function makeDir({ guest }: Sandbox, call: Call): Promise<void> {
  const { path, user } = await readPath(call.request);
  answerJson(call, 200, { entry: toEntryInfo(await guest.makeDir(path, user)) });
}

/** `filesystem.Filesystem/Remove`, with everything inside; what isn't there is removed already. */
export async function remove({ guest }: Sandbox, call: Call): Promise<void> {
  const { path, user } = await readPath(call.request);
  await guest.remove(path, user);
  answerJson(call, 200, {});
}

/** `filesystem.Filesystem/Move` */
export async function move({ guest }: Sandbox, call: Call): Promise<void> {
  const user = userOfHeader(call.request);
  const { source, destination } = await readUnaryMessage(call.request, moveSchema);
  const entry = await guest.move(guestPath(source, user), guestPath(destination, user), user);
  answerJson(call, 200, { entry: toEntryInfo(entry) });
}

async function readPath(request: IncomingMessage): Promise<{ path: string; user: GuestUser }> {
  const user = userOfHeader(request);
  const { path } = await readUnaryMessage(request, pathSchema);
  return { path: guestPath(path, user), user };
}

const fileTypes: Record<GuestEntry['type'], string> = {
  file: 'FILE_TYPE_FILE',
  directory: 'FILE_TYPE_DIRECTORY',
  symlink: 'FILE_TYPE_SYMLINK',
  other: 'FILE_TYPE_UNSPECIFIED',
};

/** `filesystem.EntryInfo`: 64-bit numbers are strings, permissions are written as Go writes them. */
function toEntryInfo(entry: GuestEntry): Record<string, unknown> {
  const { name, path, type, size, mode, owner, group, modifiedMs, symlinkTarget } = entry;
  const kind = symlinkTarget !== null ? 'L' : type === 'directory' ? 'd' : '-';
  return {
    name,
    path,
    type: fileTypes[type],
    size: String(size),
    mode,
    permissions: kind + permissionLetters(mode),
    owner,
    group,
    modifiedTime: new Date(modifiedMs).toISOString(),
    ...(symlinkTarget !== null && { symlinkTarget }),
  };
}

function permissionLetters(mode: number): string {
  return [6, 3, 0]
    .map((shift) => (mode >> shift) & 7)
    .map((bits) => (bits & 4 ? 'r' : '-') + (bits & 2 ? 'w' : '-') + (bits & 1 ? 'x' : '-'))
    .join('');
}
