import { Buffer as NodeBuffer } from 'node:buffer';
import { inspect as nodeInspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  Buffer,
  atob as ourAtob,
  btoa as ourBtoa,
} from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/buffer.ts';
import { inspect } from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/inspect.ts';

type AnyBuffer = typeof NodeBuffer;
/** Both classes under one type: a case is written once and run on each. */
const ours = Buffer as unknown as AnyBuffer;

function outcome(run: (B: AnyBuffer) => unknown, B: AnyBuffer): unknown {
  try {
    const value = run(B);
    return value instanceof Uint8Array ? Array.from(value) : value;
  } catch (failure) {
    return { code: Reflect.get(failure as object, 'code'), message: (failure as Error).message };
  }
}

const cases: [string, (B: AnyBuffer) => unknown][] = [
  ['utf8', (B) => B.from('héllo €😀')],
  ['lone surrogate', (B) => B.from('a\ud83db')],
  ['hex', (B) => B.from('deadBEEF', 'hex')],
  ['odd hex', (B) => B.from('abc', 'hex')],
  ['bad hex', (B) => B.from('abzz12', 'hex')],
  ['base64', (B) => B.from('aGVsbG8gd29ybGQ=', 'base64')],
  ['base64 unpadded', (B) => B.from('aGVsbG8', 'base64')],
  ['base64 with spaces', (B) => B.from('aGVs bG8=\n', 'base64')],
  ['base64 of the other alphabet', (B) => B.from('-_-_', 'base64')],
  ['base64url', (B) => B.from([251, 255, 254]).toString('base64url')],
  ['latin1', (B) => B.from('é€ÿ', 'latin1')],
  ['binary out', (B) => B.from([200, 65]).toString('binary')],
  ['ascii out', (B) => B.from([200, 65]).toString('ascii')],
  ['utf16le', (B) => B.from('a€', 'utf16le')],
  ['ucs2 out', (B) => B.from([97, 0, 172, 32, 1]).toString('ucs2')],
  ['array', (B) => B.from([1, 256, -1, 3.7])],
  ['array of text', (B) => B.from(['1', '2'] as unknown as number[])],
  ['buffer copy', (B) => B.from(B.from('abc'))],
  ['array buffer part', (B) => B.from(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2)],
  ['its json', (B) => B.from(JSON.parse(JSON.stringify(B.from('abc'))))],
  ['number', (B) => B.from(5 as unknown as string)],
  ['unknown encoding', (B) => B.from('a', 'nope' as 'utf8')],
  ['malformed utf8 out', (B) => B.from([0xff, 0x61, 0xe2, 0x82, 0x62, 0xed, 0xa0, 0x80]).toString()],
  ['part out', (B) => B.from('hello').toString('utf8', 1, 3)],
  ['part out of range', (B) => B.from('hello').toString('utf8', -5, 99)],
  ['alloc', (B) => B.alloc(3)],
  ['alloc filled', (B) => B.alloc(5, 'ab')],
  ['alloc number', (B) => B.alloc(2, 7)],
  ['alloc negative', (B) => Reflect.get(outcome((C) => C.alloc(-1), B) as object, 'code')],
  ['concat', (B) => B.concat([B.from('a'), B.from('bc')])],
  ['concat short', (B) => B.concat([B.from('abc'), B.from('def')], 4)],
  ['concat long', (B) => B.concat([B.from('abc')], 5)],
  ['byteLength', (B) => [B.byteLength('é€😀'), B.byteLength('abcd', 'hex'), B.byteLength('aGk=', 'base64')]],
  [
    'compare',
    (B) => [
      B.compare(B.from('a'), B.from('b')),
      B.from('b').compare(B.from('a')),
      B.from('a').compare(B.from('ab')),
    ],
  ],
  ['isBuffer', (B) => [B.isBuffer(B.alloc(1)), B.isBuffer(new Uint8Array(1))]],
  ['isEncoding', (B) => ['utf8', 'UTF-8', 'hex', 'nope', ''].map((name) => B.isEncoding(name))],
  ['toJSON', (B) => B.from('ab').toJSON()],
  ['equals', (B) => [B.from('a').equals(B.from('a')), B.from('a').equals(B.from('b'))]],
  [
    'slice shares',
    (B) => {
      const b = B.from('abc');
      b.slice(1)[0] = 120;
      return b;
    },
  ],
  ['slice from the end', (B) => B.from('abcdef').slice(-3, -1)],
  ['subarray is a buffer', (B) => B.from('abc').subarray(1).toString()],
  ['indexOf', (B) => ['c', 'zz', 99, '', B.from('bc')].map((needle) => B.from('abcabc').indexOf(needle))],
  [
    'indexOf from',
    (B) => [
      B.from('abcabc').indexOf('b', 2),
      B.from('abcabc').indexOf('b', -2),
      B.from('abc').lastIndexOf('c'),
    ],
  ],
  ['includes', (B) => [B.from('abc').includes('bc'), B.from('abc').includes('x')]],
  [
    'write',
    (B) => {
      const b = B.alloc(6);
      return [b.write('héé'), b.write('z', 5), b.write('616263', 0, 2, 'hex'), ...b];
    },
  ],
  [
    'write cut',
    (B) => {
      const b = B.alloc(4);
      return [b.write('a€€'), ...b];
    },
  ],
  ['fill', (B) => B.alloc(6).fill('ab', 1, 5)],
  ['fill hex', (B) => B.alloc(4).fill('abcd', 'hex')],
  [
    'copy',
    (B) => {
      const t = B.alloc(4);
      return [B.from('abcdef').copy(t, 1, 2), ...t];
    },
  ],
  [
    'numbers',
    (B) => {
      const b = B.alloc(8);
      b.writeUInt16BE(258, 0);
      b.writeInt32LE(-5, 2);
      b.writeInt8(-1, 6);
      b.writeUInt8(9, 7);
      return [
        ...b,
        b.readUInt16LE(0),
        b.readInt32BE(2),
        b.readInt16LE(4),
        b.readUInt32BE(0),
        b.readInt8(6),
        b.readUint8(7),
      ];
    },
  ],
  [
    'floats',
    (B) => {
      const b = B.alloc(12);
      b.writeFloatLE(1.5);
      b.writeDoubleBE(-2.25, 4);
      return [...b, b.readFloatLE(), b.readDoubleBE(4)];
    },
  ],
  [
    'big numbers',
    (B) => {
      const b = B.alloc(16);
      b.writeBigInt64LE(-5n);
      b.writeBigUInt64BE(2n ** 63n, 8);
      return [...b, b.readBigInt64LE(), b.readBigUint64BE(8)];
    },
  ],
  [
    'sized numbers',
    (B) => {
      const b = B.alloc(6);
      b.writeUIntBE(0x123456, 0, 3);
      b.writeIntLE(-2, 3, 3);
      return [...b, b.readUIntLE(0, 6), b.readIntBE(0, 6), b.readIntLE(3, 3)];
    },
  ],
  ['value out of range', (B) => B.alloc(1).writeUInt8(256)],
  ['negative out of range', (B) => B.alloc(2).writeInt16LE(-32769)],
  ['offset out of range', (B) => B.alloc(2).readUInt16LE(1)],
  ['too small', (B) => B.alloc(1).readUInt32LE()],
  ['map keeps class', (B) => B.isBuffer(B.from('abc').map((byte) => byte + 1))],
  ['spread', (B) => [...B.from('abc').entries()]],
  ['text', (B) => `${B.from('text')}`],
];

describe('Buffer does what node does', () => {
  it.each(cases)('%s', (_name, run) => {
    expect(outcome(run, ours)).toEqual(outcome(run, NodeBuffer));
  });

  it.each([0, 3, 50, 51, 60])('prints %i bytes', (length) => {
    expect(inspect([Buffer.alloc(length)])).toBe(nodeInspect([NodeBuffer.alloc(length)]));
  });
});

describe('Buffer round trips', () => {
  it.each(['hex', 'base64', 'base64url', 'latin1', 'utf8'] as const)(
    '%s matches node on any bytes',
    (encoding) => {
      fc.assert(
        fc.property(fc.uint8Array(), (bytes) => {
          const text = Buffer.from(bytes).toString(encoding);

          expect(text).toBe(NodeBuffer.from(bytes).toString(encoding));
          expect([...Buffer.from(text, encoding)]).toEqual([...NodeBuffer.from(text, encoding)]);
        }),
      );
    },
  );

  it('utf8 matches node on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([...Buffer.from(text)]).toEqual([...NodeBuffer.from(text)]);
        expect(Buffer.byteLength(text)).toBe(NodeBuffer.byteLength(text));
      }),
    );
  });
});

describe('atob and btoa', () => {
  const cases = ['', 'a', 'ab', 'abc', 'aGk=', 'aGk', ' aG k= ', 'aGk==', '=', 'a\u00ff', 'a\u0100', 'a-_b'];

  it.each(cases)('agree with node on %j', (text) => {
    expect(attempt(() => ourAtob(text))).toBe(attempt(() => atob(text)));
    expect(attempt(() => ourBtoa(text))).toBe(attempt(() => btoa(text)));
  });

  function attempt(run: () => string): string {
    try {
      return run();
    } catch (failure) {
      return `thrown ${(failure as Error).name}`;
    }
  }
});
