import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CordonClient, createCordonClient } from '../../scripts/cordon-client.ts';
import { type Service, startService } from '../../scripts/start-service.ts';
import type { Scope } from '../../shared/domain/caller.ts';

/** A service of its own for a test file, started as `npm start` does. */
export interface ServiceFixture {
  service: Service;
  admin: CordonClient;
  /** A new key of a tenant, which is created when it is new. */
  createKey(tenant: string, scopes?: Scope[]): Promise<string>;
  clientOf(key: string): CordonClient;
  restart(): Promise<void>;
  /** All that its functions have logged. */
  logs(): Promise<string>;
  end(): Promise<void>;
}

/** No test but that of the throttle waits for it. */
const unthrottled = { burst: 100_000, ratePerSecond: 100_000 };

/** `lanes` are those that it may have, whatever else this machine can run. */
export async function startServiceFixture(lanes = 'wasm'): Promise<ServiceFixture> {
  const environment = { CORDON_LANES: lanes };
  const directory = await mkdtemp(join(tmpdir(), 'cordon-e2e-'));
  const data = join(directory, 'data');
  const first = await startService(data, environment);
  const clientOf = (key: string) => createCordonClient({ baseUrl: fixture.service.url, key });
  const fixture: ServiceFixture = {
    service: first,
    admin: createCordonClient({ baseUrl: first.url, key: first.keys.admin }),
    clientOf,
    async createKey(tenant, scopes = ['execute', 'read']) {
      const answer = await fixture.admin.createKey({ tenant, scopes, throttle: unthrottled });
      if (!answer.ok) throw new Error(`no key: ${answer.problem.detail}`);
      return answer.body.key;
    },
    async restart() {
      fixture.service = await startService(data, environment);
      fixture.admin = clientOf(fixture.service.keys.admin);
    },
    async logs() {
      const folder = join(data, 'logs');
      const texts = (await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8'));
      return (await Promise.all(texts)).join('');
    },
    async end() {
      await fixture.service.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return fixture;
}
