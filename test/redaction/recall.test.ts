import { expect, test } from '@jest/globals';
import { createRedaction } from '../../shared/redaction/redactor.ts';
import { isLeaked, makeSecrets } from './corpora/secrets.ts';

const samples = makeSecrets(1);
const redaction = createRedaction();

test('the corpus has at least 400 secrets of at least 50 kinds', () => {
  expect(samples.length).toBeGreaterThanOrEqual(400);
  expect(new Set(samples.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(50);
});

test.each([1, 2, 3])('99 % of secrets are found, and named by their kind (seed %i)', (seed) => {
  const seeded = makeSecrets(seed);
  const leaked = seeded.filter((sample) => isLeaked(sample, redaction.redact(sample.text).text));
  const misnamed = seeded.filter(({ kind, text }) => redaction.redact(text).counts[kind] === undefined);

  expect(leaked.length).toBeLessThanOrEqual(seeded.length / 100);
  expect(misnamed.length).toBeLessThanOrEqual(seeded.length / 100);
});

test('each is replaced the same when it comes in two chunks, split at every byte', () => {
  for (const { text } of samples) {
    const whole = redaction.redact(text);
    const bytes = Buffer.from(text);
    for (let border = 0; border <= bytes.length; border += 1) {
      const decoder = new TextDecoder();
      const redactor = redaction.createRedactor();
      const first = redactor.push(decoder.decode(bytes.subarray(0, border), { stream: true }));
      const second = redactor.push(decoder.decode(bytes.subarray(border)));
      const out = first + second + redactor.end();
      if (out !== whole.text) expect({ border, out }).toEqual({ border, out: whole.text });
    }
  }
});
