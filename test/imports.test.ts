import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';

/** Who may import whom, by path prefix. What a folder may import from itself goes without saying. */
const allowed: Record<string, string[]> = {
  'shared/domain': [],
  'shared/contract': ['shared/domain'],
  'shared/ports': ['shared/domain', 'shared/contract'],
  'shared/executions': ['shared/domain', 'shared/ports'],
  'shared/redaction': ['shared/domain'],
  'shared/threads': [],
  'shared/validation': ['shared/domain', 'shared/threads'],
  'shared/adapters': ['shared/domain', 'shared/contract', 'shared/ports'],
  'shared/sandboxes': ['shared/domain', 'shared/contract', 'shared/ports', 'shared/threads'],
  'shared/lambda': ['shared/domain', 'shared/contract', 'shared/ports', 'shared/adapters'],
  functions: ['shared'],
  infra: ['shared/contract', 'shared/domain'],
};

const files = globSync('{functions,shared,infra}/**/*.ts').sort();

function importsOf(file: string): string[] {
  const specifiers = [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)];
  return specifiers.map(([, specifier = '']) => normalize(join(dirname(file), specifier)));
}

function ownerOf(file: string): string {
  const owner = Object.keys(allowed).find((prefix) => file.startsWith(`${prefix}/`));
  if (owner === undefined) throw new Error(`${file} belongs to no room`);
  return owner;
}

test('there is something to check', () => {
  expect(files.length).toBeGreaterThan(50);
});

test.each(files)('%s imports only what its room may', (file) => {
  const owner = ownerOf(file);
  for (const target of importsOf(file)) {
    const isAllowed = [owner, ...(allowed[owner] ?? [])].some((prefix) => target.startsWith(`${prefix}/`));
    expect({ target, isAllowed }).toEqual({ target, isAllowed: true });
  }
});

test.each(files.filter((file) => file.startsWith('functions/')))('%s imports no other function', (file) => {
  const own = file.split('/').slice(0, 2).join('/');
  const others = importsOf(file).filter(
    (target) => target.startsWith('functions/') && !target.startsWith(`${own}/`),
  );
  expect(others).toEqual([]);
});

test('nothing imports a handler', () => {
  const handlers = files.flatMap(importsOf).filter((target) => target.endsWith('/handler.ts'));
  expect(handlers).toEqual([]);
});

test('the domain knows no SDK, clock or environment', () => {
  for (const file of files.filter((name) => name.startsWith('shared/domain/'))) {
    const source = readFileSync(file, 'utf8');
    expect(source).not.toMatch(/from '(?!\.|zod')|process\.env|Date\.now|new Date\(\)|Math\.random/);
  }
});
