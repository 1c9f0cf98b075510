import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type LocalCloud,
  type LocalCloudOptions,
  startLocalCloud,
} from '../../../local/start-local-cloud.ts';
import { readTemplate, type Template } from '../../../local/template/template.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');

export interface Fixture {
  readonly templateFile: string;
  readonly assetDirectory: string;
}

/** The synthesized fixture stack. It is built once for all tests, in a process of its own, until it changes. */
export function buildFixture(): Fixture {
  const sources = [
    ...readdirSync(FIXTURES).map((file) => join(FIXTURES, file)),
    ...['fixture-stack.ts', 'build-fixture.ts'].map((file) => join(import.meta.dirname, file)),
    join(import.meta.dirname, '..', '..', '..', 'package-lock.json'),
  ];
  const hash = createHash('sha256');
  for (const source of sources) hash.update(readFileSync(source));
  const directory = join(tmpdir(), `local-cloud-fixture-${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(directory)) {
    const unfinished = mkdtempSync(`${directory}-`);
    execFileSync(process.execPath, [join(import.meta.dirname, 'build-fixture.ts'), FIXTURES, unfinished]);
    try {
      renameSync(unfinished, directory);
    } catch {
      rmSync(unfinished, { recursive: true });
    }
  }
  const assetDirectory = join(directory, 'cdk.out');
  return { templateFile: join(assetDirectory, 'fixture.template.json'), assetDirectory };
}

/** Starts the fixture on a free port and in memory; `change` may alter its template first. */
export async function startFixture({
  change = (template) => template,
  ...options
}: Partial<LocalCloudOptions> & { change?: (template: Template) => Template } = {}): Promise<LocalCloud> {
  const { templateFile, assetDirectory } = buildFixture();
  const template = change(await readTemplate(templateFile));
  return startLocalCloud({ template, assetDirectory, port: 0, dataDirectory: ':memory:', ...options });
}

/** The physical name of the fixture's resource of a type whose logical id starts so. */
export function nameOf(cloud: LocalCloud, type: string, prefix: string): string {
  const resource = cloud.stack.ofType(type).find(({ logicalId }) => logicalId.startsWith(prefix));
  if (resource === undefined) throw new Error(`the fixture has no ${type} ${prefix}`);
  return cloud.stack.namesOf(resource.logicalId).ref;
}

/** Client settings for an endpoint of the local cloud. */
export const clientOf = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** Asks again until the answer is there; fails after `withinMs`. */
export async function eventually<T>(ask: () => Promise<T | undefined>, withinMs = 25_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
