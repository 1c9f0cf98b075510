import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createOutputCollector } from '../../shared/sandboxes/collect-output.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the output collector', () => {
  it('keeps both streams', () => {
    const collector = createOutputCollector(100);

    collector.add('stdout', bytes('out'));
    collector.add('stderr', bytes('err'));

    expect(collector.collected()).toEqual({
      stdout: 'out',
      stderr: 'err',
      truncated: { stdout: false, stderr: false },
      outputBytes: 6,
    });
  });

  it('counts both streams against one limit', () => {
    const collector = createOutputCollector(5);

    expect([collector.add('stdout', bytes('out')), collector.add('stderr', bytes('err'))]).toEqual([
      true,
      false,
    ]);

    expect(collector.collected()).toEqual({
      stdout: 'out',
      stderr: 'er',
      truncated: { stdout: false, stderr: true },
      outputBytes: 5,
    });
  });

  it('takes exactly the limit', () => {
    const collector = createOutputCollector(3);

    expect(collector.add('stdout', bytes('out'))).toBe(true);

    expect(collector.collected().truncated).toEqual({ stdout: false, stderr: false });
  });

  it.each([
    ['é', 1, ''],
    ['aé', 2, 'a'],
    ['€', 2, ''],
    ['😀', 3, ''],
    ['😀😀', 4, '😀'],
    ['ab', 1, 'a'],
  ])('cuts %j at %i bytes between characters', (text, limit, kept) => {
    const collector = createOutputCollector(limit);

    collector.add('stdout', bytes(text));

    expect(collector.collected().stdout).toBe(kept);
  });

  it('cuts between characters what was cut before it came', () => {
    const collector = createOutputCollector(9);

    collector.add('stdout', bytes('a€').subarray(0, 3));
    collector.wasCut('stdout');

    expect(collector.collected()).toMatchObject({
      stdout: 'a',
      truncated: { stdout: true, stderr: false },
    });
  });

  it('shows invalid bytes as U+FFFD', () => {
    const collector = createOutputCollector(9);

    collector.add('stdout', Uint8Array.of(0x61, 0xff, 0x62));

    expect(collector.collected().stdout).toBe('a\ufffdb');
  });

  it('gives a beginning of valid text without a broken character, however it arrives', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.nat(60),
        fc.integer({ min: 1, max: 7 }),
        (text, limit, size) => {
          const collector = createOutputCollector(limit);
          const all = bytes(text);
          for (let at = 0; at < all.length; at += size) collector.add('stdout', all.subarray(at, at + size));

          const { stdout, truncated } = collector.collected();

          expect(text.startsWith(stdout)).toBe(true);
          expect(truncated.stdout).toBe(all.length > limit);
          expect(limit - bytes(stdout).length).toBeLessThan(truncated.stdout ? 4 : Number.POSITIVE_INFINITY);
        },
      ),
    );
  });
});
