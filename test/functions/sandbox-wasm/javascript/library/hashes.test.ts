import { createHash as nodeHash, createHmac as nodeHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  createHash,
  createHmac,
} from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/hashes.ts';

const NAMES = ['md5', 'sha1', 'sha256', 'sha512'] as const;

describe.each(NAMES)('%s', (name) => {
  it('hashes any bytes like node', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(createHash(name).update(bytes).digest('hex')).toBe(nodeHash(name).update(bytes).digest('hex'));
      }),
    );
  });

  it.each([0, 55, 56, 63, 64, 65, 111, 112, 119, 127, 128, 129, 1000])(
    'pads %i bytes like node',
    (length) => {
      const bytes = new Uint8Array(length).fill(97);

      expect(createHash(name).update(bytes).digest('base64')).toBe(
        nodeHash(name).update(bytes).digest('base64'),
      );
    },
  );

  it('signs with any key like node', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (key, text) => {
        expect(createHmac(name, key).update(text).digest('hex')).toBe(
          nodeHmac(name, key).update(text).digest('hex'),
        );
      }),
    );
  });
});

describe('createHash', () => {
  it('joins its updates, encodings and all', () => {
    const digest = createHash('sha256').update('é').update('ff00', 'hex').update('aGk=', 'base64').digest();

    const expected = nodeHash('sha256').update('é').update('ff00', 'hex').update('aGk=', 'base64').digest();
    expect([...digest]).toEqual([...expected]);
  });

  it('is finished by its digest', () => {
    const hash = createHash('SHA-256');
    hash.digest('hex');

    expect(() => hash.update('x')).toThrow(expect.objectContaining({ code: 'ERR_CRYPTO_HASH_FINALIZED' }));
  });

  it('refuses a name it does not know', () => {
    expect(() => createHash('whirlpool')).toThrow('Digest method not supported');
  });
});
