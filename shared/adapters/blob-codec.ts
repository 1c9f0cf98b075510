import { gunzipSync, gzipSync } from 'node:zlib';
import type { BlobStore } from '../ports/blob-store.ts';

/**
 * Largest compressed value kept in the item itself. Above it, a write to S3 ($5 per million PUTs, plus a GET)
 * is cheaper than the write units that each KiB costs: twice in a transaction, once more in every update.
 */
const inlineBytes = 4_096;

/** Below this gzip saves next to nothing, and costs more time than all else that is done with the value. */
const worthCompressingBytes = 256;

/** The first bytes of gzip data (RFC 1952); no JSON text starts with them. */
const gzipMagic = [0x1f, 0x8b] as const;

/** JSON stored inline in an item, or beside it: exactly one member is set. */
export type StoredJson = { inline: Uint8Array } | { blobKey: string };

/**
 * Stores a JSON value inline when small, else as a blob under `blobKey`; compressed unless tiny. Synchronous,
 * because a function handles one request at a time and the thread pool costs a small value more than its compression.
 */
export async function storeJson(blobs: BlobStore, blobKey: string, value: unknown): Promise<StoredJson> {
  const text = Buffer.from(JSON.stringify(value));
  const bytes = text.length < worthCompressingBytes ? text : gzipSync(text, { level: 4 });
  if (bytes.length <= inlineBytes) return { inline: bytes };
  await blobs.put(blobKey, bytes);
  return { blobKey };
}

/** The reverse of {@link storeJson}. The caller parses the value. */
export async function loadJson(blobs: BlobStore, stored: StoredJson): Promise<unknown> {
  const bytes = 'inline' in stored ? stored.inline : await blobs.get(stored.blobKey);
  const isCompressed = gzipMagic.every((byte, index) => bytes[index] === byte);
  return JSON.parse((isCompressed ? gunzipSync(bytes) : Buffer.from(bytes)).toString());
}
