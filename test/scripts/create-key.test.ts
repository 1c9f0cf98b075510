import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const script = join(import.meta.dirname, '../../scripts/create-key.ts');
let emptyFolder: string;

beforeAll(() => {
  emptyFolder = mkdtempSync(join(tmpdir(), 'cordon-create-key-'));
});
afterAll(() => rmSync(emptyFolder, { recursive: true }));

test.each<[string, string[], string]>([
  [
    'says to deploy first when nothing is deployed',
    ['--tenant', 'acme', '--scopes', 'admin'],
    'cdk.out/outputs.json doesn\'t name the stack\'s tables: run "npm run deploy" first.\n',
  ],
  [
    'names a scope that is unknown',
    ['--tenant', 'acme', '--scopes', 'root'],
    'scopes.0: Invalid option: expected one of "execute"|"read"|"admin"\n',
  ],
])('create-key %s', (_name, args, message) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: emptyFolder,
    encoding: 'utf8',
  });

  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: message });
});
