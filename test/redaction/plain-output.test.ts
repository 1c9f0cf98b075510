import { expect, test } from '@jest/globals';
import { createRedaction } from '../../shared/redaction/redactor.ts';
import { makePlainOutput } from './corpora/plain-output.ts';

test('ordinary output comes out as it went in: at most one finding per megabyte', () => {
  const megabytes = 4;
  const plain = makePlainOutput(7, megabytes * 1_000_000);

  const { counts } = createRedaction().redact(plain);

  const findings = Object.values(counts).reduce((total, count) => total + count, 0);
  expect({ counts, isFew: findings <= megabytes }).toEqual({ counts, isFew: true });
});
