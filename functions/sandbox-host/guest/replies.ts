import * as z from 'zod';
import { parseJson } from './agent-connection.ts';
import { ForeignFrame } from './frames.ts';

/** What the agent replies; from inside the guest, so sizes and shapes are checked. */
const path = z.string().max(20_000);

export const entrySchema = z.strictObject({
  name: path,
  path,
  type: z.enum(['file', 'directory', 'symlink', 'other']),
  size: z.int().nonnegative(),
  mode: z.int().min(0).max(0o7777),
  owner: z.string().max(32),
  group: z.string().max(32),
  modifiedMs: z.int(),
  symlinkTarget: path.nullable(),
});

export const entriesSchema = z.array(entrySchema).max(1000);
export const startedSchema = z.strictObject({ pid: z.int().nonnegative() });
export const openedSchema = z.strictObject({ size: z.int().nonnegative() });
export const processEndSchema = z.union([
  z.strictObject({ exitCode: z.int().min(0).max(255) }),
  z.strictObject({ signal: z.string().max(32) }),
]);

/** @throws ForeignFrame */
export function readReply<T>(schema: z.ZodType<T>, payload: Buffer): T {
  const parsed = schema.safeParse(parseJson(payload));
  if (!parsed.success) throw new ForeignFrame('a reply of another shape');
  return parsed.data;
}
