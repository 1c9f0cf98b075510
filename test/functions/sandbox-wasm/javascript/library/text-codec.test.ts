import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  TextDecoder as OurDecoder,
  TextEncoder as OurEncoder,
} from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/text-codec.ts';

const MALFORMED = [
  [0xff],
  [0xc0, 0x80],
  [0xe2, 0x82],
  [0xe2, 0x82, 0x41],
  [0xed, 0xa0, 0x80],
  [0xf0, 0x9f, 0x98],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf0, 0x80, 0x80, 0x80],
  [0x80, 0xbf],
  [0xe2, 0xe2, 0x82, 0xac],
];

describe('TextDecoder', () => {
  it.each(MALFORMED)('replaces malformed bytes like node: %p %p %p', (...bytes) => {
    const input = Uint8Array.from([0x61, ...bytes, 0x62]);

    expect(new OurDecoder().decode(input)).toBe(new TextDecoder().decode(input));
    expect(() => new OurDecoder('utf-8', { fatal: true }).decode(input)).toThrow(TypeError);
  });

  it('drops the byte order mark unless told to keep it', () => {
    const input = Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]);

    expect(new OurDecoder().decode(input)).toBe('a');
    expect(new OurDecoder('utf-8', { ignoreBOM: true }).decode(input)).toBe('\ufeffa');
  });

  it('joins a character that arrives in two parts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, cut) => {
        const bytes = new TextEncoder().encode(text);
        const decoder = new OurDecoder('utf-8', { ignoreBOM: true });
        const at = cut % (bytes.length + 1);

        const parts =
          decoder.decode(bytes.subarray(0, at), { stream: true }) + decoder.decode(bytes.subarray(at));

        expect(parts).toBe(text);
      }),
    );
  });

  it('reads any bytes like node', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(new OurDecoder().decode(bytes)).toBe(new TextDecoder().decode(bytes));
        expect(new OurDecoder('utf-16le').decode(bytes)).toBe(new TextDecoder('utf-16le').decode(bytes));
      }),
    );
  });

  it('refuses an encoding it does not know', () => {
    expect(() => new OurDecoder('shift_jis')).toThrow(RangeError);
  });
});

describe('TextEncoder', () => {
  it('writes any text like node', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, room) => {
        const [mine, theirs] = [new Uint8Array(room), new Uint8Array(room)];

        expect([...new OurEncoder().encode(text)]).toEqual([...new TextEncoder().encode(text)]);
        expect(new OurEncoder().encodeInto(text, mine)).toEqual(new TextEncoder().encodeInto(text, theirs));
        expect(mine).toEqual(theirs);
      }),
    );
  });

  it('takes a megabyte there and back', () => {
    const text = 'añ€😀'.repeat(120_000);

    expect(new OurDecoder().decode(new OurEncoder().encode(text))).toBe(text);
  });
});
