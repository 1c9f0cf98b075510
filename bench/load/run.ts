import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createCordonClient } from '../../scripts/cordon-client.ts';
import { startService } from '../../scripts/start-service.ts';
import { isReached } from '../figure.ts';
import { measureThroughput } from '../measure-stack.ts';
import { summarize } from '../statistics.ts';
import { beClient } from './client.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { type LoadReport, toReport, toText } from './report.ts';
import { toPage } from './report-page.ts';
import { defaultScenario } from './scenario.ts';
import { type ServiceView, viewService } from './service-view.ts';

/**
 * `npm run load -- [--clients 100] [--seconds 120] [--url … --key …]`: clients that send a mix of programs, a line each
 * second, and a report. Without an address it starts a service of its own on this machine.
 */
const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '120' },
    url: { type: 'string' },
    key: { type: 'string' },
  },
});
const size = {
  clients: atLeastOne('clients', values.clients),
  seconds: atLeastOne('seconds', values.seconds),
};
/** Comes first and is in no latency: execution environments and sandboxes start in it. */
const warmUpSeconds = 20;
const restMs = 180_000;
/** As in `npm run bench`, after as much again to warm up. */
const limitClients = 8;
const limitSeconds = 10;
/** Reading the memory of every process is work for the machine under test. */
const memoryEverySeconds = 5;

const target = await findTarget();
try {
  const report = await load(target);
  await write(report);
  if (report.figures.some((figure) => isReached(figure) === false)) process.exitCode = 1;
} finally {
  await target.end();
}

interface Target {
  url: string;
  key: string;
  /** Runs of `print(1)` a second by the clients of `npm run bench`, where the service is ours to load. */
  measureLimit: (() => Promise<number>) | null;
  end(): Promise<void>;
}

async function findTarget(): Promise<Target> {
  const { url, key } = values;
  if (url !== undefined && key !== undefined) {
    return { url, key, measureLimit: null, end: async () => {} };
  }
  if (url !== undefined || key !== undefined) throw new Error('--url and --key belong together');
  const directory = await mkdtemp(join(tmpdir(), 'cordon-load-'));
  const service = await startService(join(directory, 'data'), { CORDON_LANES: 'wasm' });
  return {
    url: service.url,
    key: service.keys.execute,
    measureLimit: async () => {
      await measureThroughput(service, limitClients, limitSeconds);
      return measureThroughput(service, limitClients, limitSeconds);
    },
    async end() {
      await service.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function load({ url, key, measureLimit }: Target): Promise<LoadReport> {
  const limit = (await measureLimit?.()) ?? null;
  const client = createCordonClient({ baseUrl: url, key });
  const recorder = createRecorder();
  const view = await viewService(url);
  const deadlineMs = performance.now() + (warmUpSeconds + size.seconds) * 1000;
  const warm = setTimeout(recorder.startMeasuring, warmUpSeconds * 1000);
  console.log('second    ended/s  admission p50 / p95 / p99 ms   ours  queue  MiB');
  const timer = setInterval(() => void showSecond(recorder, view), 1_000);
  await Promise.all(
    Array.from({ length: size.clients }, () => beClient(client, defaultScenario, recorder, deadlineMs)),
  );
  clearInterval(timer);
  clearTimeout(warm);
  console.log('… coming to rest');
  const breaches = (await view?.breaches(recorder.admitted, restMs)) ?? null;
  view?.close();
  return toReport(recorder, { ...size, limit }, breaches);
}

async function showSecond(recorder: Recorder, view: ServiceView | null): Promise<void> {
  const isMemoryDue = recorder.seconds.length % memoryEverySeconds === 0;
  const memoryMiB = isMemoryDue ? (view?.memoryMiB() ?? null) : null;
  const queueDepth = (await view?.queueDepth().catch(() => null)) ?? null;
  const { second, ended, admissionMs, ours } = recorder.tick({ queueDepth, memoryMiB });
  const { p50, p95, p99 } = summarize(admissionMs);
  const columns = [
    String(second).padEnd(8),
    String(ended).padStart(8),
    `${p50} / ${p95} / ${p99}`.padStart(31),
    String(ours).padStart(6),
    String(queueDepth ?? '').padStart(6),
    String(memoryMiB ?? '').padStart(5),
  ];
  console.log(columns.join(' '));
}

async function write(report: LoadReport): Promise<void> {
  console.log(`\n${toText(report)}\n`);
  const name = join('bench/results', `load-${report.at.replaceAll(':', '-')}`);
  await mkdir('bench/results', { recursive: true });
  await writeFile(`${name}.json`, `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(`${name}.html`, toPage(report));
  console.log(`written to ${name}.json and ${name}.html`);
}

function atLeastOne(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`--${name} is a whole number from 1, not "${text}"`);
  return number;
}
