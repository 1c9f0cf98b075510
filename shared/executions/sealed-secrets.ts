import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * The secrets of one execution on their way to its executor: sealed in the execution's item, the key in the lane's
 * message. Neither place has both, and when the execution is over neither is left, nor do backups hold the key.
 *
 *   submit:  seal ── sealed ──> item (removed when the execution ends) ──┐
 *              └───── key ────> message (deleted when it is handled) ────┴──> executor: open
 */
export interface SealedSecrets {
  sealed: Uint8Array;
  /** Base64. Used for this one value only. */
  key: string;
}

export type Secrets = Record<string, string>;

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
/** NIST SP 800-38D: an initialization vector of 96 bits, a tag of 128. */
const vectorBytes = 12;
const tagBytes = 16;

/** Bound to the execution's id: sealed secrets of one can't be opened as another's. */
export function sealSecrets(executionId: string, secrets: Secrets): SealedSecrets {
  const key = randomBytes(keyBytes);
  const vector = randomBytes(vectorBytes);
  const cipher = createCipheriv(algorithm, key, vector, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(executionId));
  const content = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
  return { sealed: Buffer.concat([vector, cipher.getAuthTag(), content]), key: key.toString('base64') };
}

/** Throws when the key isn't the one, or anything was changed. */
export function openSecrets(executionId: string, { sealed, key }: SealedSecrets): Secrets {
  const bytes = Buffer.from(sealed);
  const vector = bytes.subarray(0, vectorBytes);
  const tag = bytes.subarray(vectorBytes, vectorBytes + tagBytes);
  const decipher = createDecipheriv(algorithm, Buffer.from(key, 'base64'), vector, {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(executionId));
  decipher.setAuthTag(tag);
  const content = bytes.subarray(vectorBytes + tagBytes);
  return JSON.parse(Buffer.concat([decipher.update(content), decipher.final()]).toString('utf8'));
}
