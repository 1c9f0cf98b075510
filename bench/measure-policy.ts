import { execFileSync } from 'node:child_process';
import { build } from 'esbuild';
import { bundleOptions } from '../scripts/bundle-functions.ts';
import { defaultPolicy, type Policy } from '../shared/domain/policy.ts';
import { readWasmFromPackages } from '../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate, type ProgramGate } from '../shared/validation/policy/program-gate.ts';
import { readSamples, type Sample } from '../test/validation/policy/corpus.ts';
import {
  isOwnSample,
  type OrdinarySample,
  ordinarySamples,
  usesNothingForbidden,
} from '../test/validation/policy/ordinary-samples.ts';
import { pathologicalSources } from '../test/validation/policy/pathological-sources.ts';
import type { Figure } from './figure.ts';
import type { PolicyProcessReport } from './policy-process.ts';
import { round, summarize } from './statistics.ts';

const strict: Policy = { ...defaultPolicy, profile: 'strict' };

/** The filter on its own: what it finds, what it costs in a process, and the worst that can be done to it. */
export async function measurePolicy(): Promise<Figure[]> {
  const first = await measureFirstCall();
  const gate = createProgramGate({ readWasm: readWasmFromPackages });
  return [...(await measureFinding(gate)), ...(await measureTime(gate)), ...first, await measureWorst(gate)];
}

async function measureFinding(gate: ProgramGate): Promise<Figure[]> {
  const hostile = [
    ...readSamples('hostile/python-escapes.txt', 'python'),
    ...readSamples('hostile/python-attacks.txt', 'python'),
    ...readSamples('hostile/javascript.txt', 'javascript'),
    ...readSamples('hostile/typescript.txt', 'typescript'),
    ...readSamples('hostile/bash.txt', 'bash'),
  ];
  const ordinary = ordinarySamples();
  const share = async (
    samples: OrdinarySample[],
    policy: Policy,
    holds: (found: Awaited<ReturnType<ProgramGate['inspect']>>) => boolean,
  ) => {
    let count = 0;
    for (const { language, source, files = [] } of samples) {
      if (holds(await gate.inspect({ language, source, files }, policy))) count += 1;
    }
    return round((100 * count) / samples.length);
  };
  const innocent: OrdinarySample[] = [];
  for (const sample of ordinary.filter(isOwnSample)) {
    const { language, source, files = [] } = sample;
    if (usesNothingForbidden(await gate.inspect({ language, source, files }, strict))) innocent.push(sample);
  }
  const percent = { unit: '%' };
  return [
    {
      name: `hostile programs denied by strict (of ${hostile.length})`,
      measured: await share(hostile, strict, ({ denied }) => denied),
      ...percent,
      target: { atLeast: 100 },
    },
    {
      name: 'hostile programs flagged by standard',
      measured: await share(hostile, defaultPolicy, ({ violations }) => violations.length > 0),
      ...percent,
      target: { atLeast: 95 },
    },
    {
      name: 'hostile programs denied by standard',
      measured: await share(hostile, defaultPolicy, ({ denied }) => denied),
      ...percent,
      target: null,
    },
    {
      name: `ordinary programs denied by standard (of ${ordinary.length})`,
      measured: await share(ordinary, defaultPolicy, ({ denied }) => denied),
      ...percent,
      target: { atMost: 0 },
    },
    {
      name: `ordinary programs that use nothing forbidden denied by strict (of ${innocent.length})`,
      measured: await share(innocent, strict, ({ denied }) => denied),
      ...percent,
      target: { atMost: 5 },
    },
  ];
}

/** A program of 100 lines, another one each time, so that no verdict is kept. */
async function measureTime(gate: ProgramGate): Promise<Figure[]> {
  const source = hundredLines();
  const samples: number[] = [];
  for (let index = 0; index < 600; index += 1) {
    const startedMs = performance.now();
    await gate.inspect({ language: 'python', source: `${source}# ${index}\n`, files: [] }, defaultPolicy);
    samples.push(performance.now() - startedMs);
  }
  const { p50, p99 } = summarize(samples.slice(100));
  return [
    { name: 'policy, 100 lines of Python, warm p50', measured: p50, unit: 'ms', target: { atMost: 6 } },
    { name: 'policy, 100 lines of Python, warm p99', measured: p99, unit: 'ms', target: { atMost: 40 } },
  ];
}

function hundredLines(): string {
  const example = ordinarySamples().find(({ name }) => name === 'example: py-calculator') as Sample;
  const lines = example.source.split('\n');
  return `${[...lines, ...lines].slice(0, 100).join('\n')}\n`;
}

/** In a process of its own, bundled as in a Lambda: everything from nothing, and what it takes in memory. */
async function measureFirstCall(): Promise<Figure[]> {
  const directory = 'build/bench';
  await build({
    ...bundleOptions,
    entryPoints: ['bench/policy-process.ts'],
    outdir: directory,
  });
  const output = execFileSync(process.execPath, [`${directory}/policy-process.mjs`], { encoding: 'utf8' });
  const { firstMs, pythonMiB, allMiB } = JSON.parse(output) as PolicyProcessReport;
  return [
    {
      name: 'policy, first call in a new process',
      measured: round(firstMs),
      unit: 'ms',
      target: { atMost: 500 },
    },
    {
      name: 'memory that policy adds, Python used',
      measured: round(pythonMiB),
      unit: 'MiB',
      target: null,
    },
    {
      name: 'memory that policy adds, all used',
      measured: round(allMiB),
      unit: 'MiB',
      target: { atMost: 60 },
    },
  ];
}

async function measureWorst(gate: ProgramGate): Promise<Figure> {
  let worstMs = 0;
  for (const make of Object.values(pathologicalSources)) {
    const source = make();
    const startedMs = performance.now();
    await gate.inspect({ language: 'python', source, files: [] }, defaultPolicy);
    worstMs = Math.max(worstMs, performance.now() - startedMs);
  }
  return {
    name: 'policy, worst of the sources made to be slow',
    measured: round(worstMs),
    unit: 'ms',
    target: { atMost: 1_000 },
  };
}
