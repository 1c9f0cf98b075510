import { Buffer } from './buffer.ts';
import { codedError } from './coded-error.ts';
import { md5 } from './hashes/md5.ts';
import { sha1 } from './hashes/sha1.ts';
import { sha256 } from './hashes/sha256.ts';
import { sha512 } from './hashes/sha512.ts';

type Digest = (message: Uint8Array) => Uint8Array;
type Input = string | Uint8Array;

interface Algorithm {
  readonly digest: Digest;
  readonly blockBytes: number;
}

const ALGORITHMS: Record<string, Algorithm> = {
  md5: { digest: md5, blockBytes: 64 },
  sha1: { digest: sha1, blockBytes: 64 },
  sha256: { digest: sha256, blockBytes: 64 },
  sha512: { digest: sha512, blockBytes: 128 },
};

/** Gathers its input and hashes it in one go: `digest` may be called once. */
export interface Hash {
  update(data: Input, encoding?: string): Hash;
  digest(): Buffer;
  digest(encoding: string): string;
}

export function createHash(name: string): Hash {
  return gather(algorithmNamed(name).digest);
}

/** RFC 2104. */
export function createHmac(name: string, key: Input): Hash {
  const { digest, blockBytes } = algorithmNamed(name);
  const raw = bytesOf(key);
  const block = Buffer.alloc(blockBytes);
  block.set(raw.length > blockBytes ? digest(raw) : raw);
  const inner = block.map((byte) => byte ^ 0x36);
  const outer = block.map((byte) => byte ^ 0x5c);
  return gather((message) => digest(Buffer.concat([outer, digest(Buffer.concat([inner, message]))])));
}

export function getHashes(): string[] {
  return Object.keys(ALGORITHMS);
}

function algorithmNamed(name: string): Algorithm {
  const key = String(name).toLowerCase().replace(/^sha-/, 'sha');
  const found = Object.hasOwn(ALGORITHMS, key) ? ALGORITHMS[key] : undefined;
  if (found !== undefined) return found;
  throw codedError(Error, 'ERR_OSSL_EVP_UNSUPPORTED', 'Digest method not supported');
}

function gather(finish: Digest): Hash {
  const parts: Uint8Array[] = [];
  let finished = false;
  const stopIfFinished = () => {
    if (finished) throw codedError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
  };
  const digest = (encoding?: string): Buffer & string => {
    stopIfFinished();
    finished = true;
    const result = Buffer.from(finish(Buffer.concat(parts)));
    return (encoding === undefined || encoding === 'buffer' ? result : result.toString(encoding)) as Buffer &
      string;
  };
  const hash: Hash = {
    update(data, encoding) {
      stopIfFinished();
      // Copied: the caller may change its buffer before the digest.
      parts.push(Buffer.from(bytesOf(data, encoding)));
      return hash;
    },
    digest,
  };
  return hash;
}

function bytesOf(data: Input, encoding?: string): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data, encoding) : Buffer.from(data);
}
