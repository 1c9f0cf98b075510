import { expect, test } from '@jest/globals';
import type { Violation } from '../../../shared/domain/violation.ts';
import { rememberVerdicts } from '../../../shared/validation/syntax/remember-verdicts.ts';

const violation: Violation = {
  rule: 'syntax',
  severity: 'high',
  message: 'wrong',
  hint: null,
  line: 1,
  column: 1,
  snippet: null,
};

function counting() {
  const checked: string[] = [];
  const check = rememberVerdicts(async ({ language, source }) => {
    checked.push(`${language} ${source}`);
    return source === 'wrong' ? [violation] : [];
  });
  return { checked, check };
}

test('a source is checked once for each tenant and language', async () => {
  const { checked, check } = counting();

  for (const tenant of ['acme', 'acme', 'other'])
    for (const language of ['python', 'bash'] as const) await check(tenant, { language, source: 'wrong' });

  expect(checked).toEqual(['python wrong', 'bash wrong', 'python wrong', 'bash wrong']);
  expect(await check('acme', { language: 'python', source: 'wrong' })).toEqual([violation]);
});

test('no more verdicts are kept than a thousand, the oldest go first', async () => {
  const { checked, check } = counting();
  for (let n = 0; n <= 1_000; n += 1) await check('acme', { language: 'python', source: `${n}` });
  checked.length = 0;

  await check('acme', { language: 'python', source: '1000' });
  await check('acme', { language: 'python', source: '0' });

  expect(checked).toEqual(['python 0']);
});

test('a check that failed is made again', async () => {
  let tries = 0;
  const check = rememberVerdicts(() =>
    tries++ === 0 ? Promise.reject(new Error('no thread')) : Promise.resolve([]),
  );
  const program = { language: 'python', source: '1' } as const;

  await expect(check('acme', program)).rejects.toThrow('no thread');
  expect(await check('acme', program)).toEqual([]);
});
