import { expect, test } from '@jest/globals';
import { openSecrets, sealSecrets } from '../../shared/executions/sealed-secrets.ts';

const secrets = { DB_PASSWORD: 'correct horse', CERT: 'päss\n"wörd"' };

test('what is sealed opens with its key, and shows nothing without', () => {
  const { sealed, key } = sealSecrets('exe_1', secrets);

  expect(openSecrets('exe_1', { sealed, key })).toEqual(secrets);
  expect(Buffer.from(sealed).toString('latin1')).not.toMatch(/correct|DB_PASSWORD/);
});

test('the same secrets are sealed differently each time', () => {
  expect(sealSecrets('exe_1', secrets)).not.toEqual(sealSecrets('exe_1', secrets));
});

test.each<[string, (sealed: Uint8Array, key: string) => [string, Uint8Array, string]]>([
  ['of another execution', (sealed, key) => ['exe_2', sealed, key]],
  ['with another key', (sealed) => ['exe_1', sealed, sealSecrets('exe_1', secrets).key]],
  [
    'after a change',
    (sealed, key) => ['exe_1', sealed.map((byte, index) => (index === 40 ? byte ^ 1 : byte)), key],
  ],
  ['cut short', (sealed, key) => ['exe_1', sealed.subarray(0, -1), key]],
  ['with no key', (sealed) => ['exe_1', sealed, '']],
])('they do not open %s', (_, change) => {
  const { sealed, key } = sealSecrets('exe_1', secrets);
  const [id, bytes, otherKey] = change(sealed, key);
  expect(() => openSecrets(id, { sealed: bytes, key: otherKey })).toThrow();
});
