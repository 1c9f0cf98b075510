import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { scopeSchema } from '../domain/caller.ts';
import { throttleSchema } from '../domain/throttle.ts';
import { uniqueList } from '../domain/unique-list.ts';

/**
 * `cordon_<id>_<secret>`: the id names the key's record; of the secret only a hash is kept. Generated secrets have
 * 256 bits; the form also admits an owner's own admin key.
 */
const keyPattern = /^cordon_([A-Za-z0-9-]{1,64})_([A-Za-z0-9_-]{16,128})$/;
export const keyIdPattern = /^[A-Za-z0-9-]{1,64}$/;

export const tenantSchema = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/,
    'must be lower-case letters, digits and hyphens, at most 64',
  );

/** Body of `POST /v1/admin/keys`. */
export const createKeyRequestSchema = z.strictObject({
  tenant: tenantSchema,
  scopes: uniqueList(scopeSchema).min(1),
  expiresAt: z.iso.datetime().optional(),
  label: z.string().min(1).max(128).optional(),
  /** Without it, the key has what the deployment gives every key. */
  throttle: throttleSchema.optional(),
});
export type CreateKeyRequest = z.infer<typeof createKeyRequestSchema>;

/** A key as the admin routes show it. */
export const keyViewSchema = z.strictObject({
  id: z.string(),
  tenant: z.string(),
  scopes: z.array(scopeSchema),
  label: z.string().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  /** Null: what the deployment gives every key. */
  throttle: throttleSchema.nullable().default(null),
});
export type KeyView = z.infer<typeof keyViewSchema>;

/** A key as the control table keeps it. */
export const keyRecordSchema = keyViewSchema.extend({ secretHash: z.string() });
export type KeyRecord = z.infer<typeof keyRecordSchema>;

export interface KeyParts {
  id: string;
  secret: string;
}

/** Splits a key. Null when it doesn't have the form of one. */
export function parseKey(key: string): KeyParts | null {
  const [, id, secret] = keyPattern.exec(key) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

export function formatKey({ id, secret }: KeyParts): string {
  return `cordon_${id}_${secret}`;
}

/** A new key from the system's random source. */
export function generateKey(): KeyParts {
  return { id: randomBytes(8).toString('hex'), secret: randomBytes(32).toString('hex') };
}

/** SHA-256: a stretching hash adds nothing to a secret of 256 random bits. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares in constant time. */
export function secretMatches(secret: string, secretHash: string): boolean {
  const expected = Buffer.from(secretHash, 'hex');
  const actual = Buffer.from(hashSecret(secret), 'hex');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
