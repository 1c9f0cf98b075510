import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGvisorSetup } from '../local/gvisor-setup.ts';
import { type Service, startService } from '../scripts/start-service.ts';
import { countCalls, toCallTable } from './count-calls.ts';
import { type Figure, isReached, toTable } from './figure.ts';
import { measureLists } from './measure-lists.ts';
import { measurePolicy } from './measure-policy.ts';
import { measureRedaction } from './measure-redaction.ts';
import { measureSandboxHost } from './measure-sandbox-host.ts';
import {
  measureBarePython,
  measureBarePythonThroughput,
  measureLatency,
  measureThroughput,
} from './measure-stack.ts';
import { measureValidation } from './measure-validation.ts';
import { treeMemoryMiB } from './process-memory.ts';
import { round, summarize } from './statistics.ts';

/** `npm run bench`: every figure beside its target, printed and written to `bench/results/`. */
/** Long enough for surplus execution environments to end. */
const idleMs = 45_000;

/** Its figures are those of a service that has this lane alone; gVisor's have a service of their own. */
const wasmOnly = { CORDON_LANES: 'wasm' };

const figures: Figure[] = [];
const data = await mkdtemp(join(tmpdir(), 'cordon-bench-'));

try {
  progress('redaction');
  figures.push(...measureRedaction());
  figures.push(...(await measureStart()));
  progress('policy');
  figures.push(...(await measurePolicy()));
  const calls = await measureWasmLane();
  figures.push(...(await measureGvisor()));
  figures.push(...(await measureManyStored()));
  progress('validation');
  figures.push(...(await measureValidation()));
  console.log(
    `\n${toTable(figures)}\n\nAWS calls of one execution (docs/aws-calls.md says why each is needed)\n\n${toCallTable(calls)}\n`,
  );
  await writeResults({ figures, calls });
} finally {
  await rm(data, { recursive: true, force: true });
}

/** The figures of a service with this lane alone, and the AWS calls of one execution on it. */
async function measureWasmLane(): Promise<Awaited<ReturnType<typeof countCalls>>> {
  const service = await startService(join(data, 'main'), wasmOnly);
  try {
    await measureLatency(service, 30);
    figures.push(...(await measureRuns(service)));
    figures.push(await measureIdleMemory(service), ...(await measureBundle()));
    return await countCalls(service);
  } finally {
    await service.stop();
  }
}

/** From nothing built, and from everything built, to the first answered request. */
async function measureStart(): Promise<Figure[]> {
  progress('start from a clean checkout');
  await rm('build', { recursive: true, force: true });
  const first = await startService(join(data, 'first'), wasmOnly);
  await first.stop();
  progress('start when built');
  const again = await startService(join(data, 'first'), wasmOnly);
  await again.stop();
  return [
    {
      name: 'npm ci done to ready, first time',
      measured: round(first.readyMs / 1000),
      unit: 's',
      target: { atMost: 10 },
    },
    { name: 'ready, after that', measured: round(again.readyMs / 1000), unit: 's', target: { atMost: 3 } },
  ];
}

async function measureRuns(service: Service): Promise<Figure[]> {
  progress('latency of print(1)');
  const bare = summarize(await measureBarePython(200));
  const { totalMs, validationMs } = await measureLatency(service, 500);
  const latency = summarize(totalMs);
  progress('throughput at 8 clients');
  await measureThroughput(service, 8, 3);
  const bareRate = round(await measureBarePythonThroughput(cpus().length, 5));
  const rate = round(await measureThroughput(service, 8, 10));
  const besideBare = (measured: number) => ({ name: 'spawning bare python3', measured });
  return [
    {
      name: 'print(1) through the stack, p50',
      measured: latency.p50,
      unit: 'ms',
      target: { atMost: 25 },
      beside: besideBare(bare.p50),
    },
    {
      name: 'print(1) through the stack, p99',
      measured: latency.p99,
      unit: 'ms',
      target: { atMost: 120 },
      beside: besideBare(bare.p99),
    },
    {
      name: 'runs per second, 8 clients',
      measured: rate,
      unit: '/s',
      target: { atLeast: 60 },
      beside: besideBare(bareRate),
    },
    {
      name: 'validation, warm p50',
      measured: summarize(validationMs).p50,
      unit: 'ms',
      target: { atMost: 5 },
    },
    { name: 'validation, warm p99', measured: summarize(validationMs).p99, unit: 'ms', target: null },
  ];
}

async function measureGvisor(): Promise<Figure[]> {
  const setup = readGvisorSetup();
  if (setup === null) {
    console.log('no gVisor here: run "npm run setup:gvisor" as root for its figures');
    return [];
  }
  progress('sandbox-host');
  const figures = await measureSandboxHost(setup);
  progress('gvisor lane');
  const both = await startService(join(data, 'gvisor'), { CORDON_LANES: 'wasm,gvisor' });
  try {
    const gvisor = { backend: 'gvisor', restMs: 700 } as const;
    await measureLatency(both, 5, gvisor);
    const name = 'print(1) on the gvisor lane, whole stack, p50';
    const measured = summarize((await measureLatency(both, 30, gvisor)).totalMs).p50;
    return [...figures, { name, measured, unit: 'ms', target: { atMost: 70 } }];
  } finally {
    await both.stop();
  }
}

async function measureManyStored(): Promise<Figure[]> {
  progress('lists and reads, few stored and many');
  const service = await startService(join(data, 'lists'), wasmOnly);
  try {
    return await measureLists(service);
  } finally {
    await service.stop();
  }
}

async function measureIdleMemory(service: Service): Promise<Figure> {
  progress('idle memory');
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  return {
    name: 'memory of all processes, idle for 45 s',
    measured: treeMemoryMiB(service.pid),
    unit: 'MiB',
    target: { atMost: 500 },
  };
}

async function measureBundle(): Promise<Figure[]> {
  const sizeOf = async (file: string) =>
    round((await stat(`build/functions/submit-execution/${file}`)).size / 1e6);
  const parsers = (await sizeOf('syntax-thread.mjs')) + (await sizeOf('ruff_wasm_bg.wasm'));
  return [
    {
      name: 'submit-execution bundle',
      measured: await sizeOf('handler.mjs'),
      unit: 'MB',
      target: { atMost: 1 },
    },
    { name: '… the parsers beside it', measured: round(parsers), unit: 'MB', target: null },
  ];
}

async function writeResults(results: { figures: Figure[]; calls: unknown }): Promise<void> {
  const file = `bench/results/${new Date().toISOString().replaceAll(':', '-')}.json`;
  await mkdir('bench/results', { recursive: true });
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model };
  await writeFile(file, `${JSON.stringify({ machine, ...results }, null, 2)}\n`);
  console.log(`written to ${file}`);
  const missed = results.figures.filter((figure) => isReached(figure) === false).map(({ name }) => name);
  if (missed.length > 0) console.log(`missed: ${missed.join(', ')}`);
}

function progress(step: string): void {
  console.log(`… ${step}`);
}
