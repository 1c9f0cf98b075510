import { type Figure, toTable } from '../figure.ts';
import { round, summarize } from '../statistics.ts';
import type { Recorder } from './recorder.ts';

/** What a load test found. */
export interface LoadReport {
  at: string;
  clients: number;
  seconds: number;
  figures: Figure[];
  admissionMs: ReturnType<typeof summarize>;
  totalMs: ReturnType<typeof summarize>;
  errors: { ours: Record<string, number>; expected: Record<string, number> };
  /** Null when nobody could look at the records. */
  breaches: string[] | null;
  timeline: TimelinePoint[];
}

export interface TimelinePoint {
  second: number;
  endedPerSecond: number;
  admissionP50Ms: number;
  admissionP95Ms: number;
  admissionP99Ms: number;
  oursPerSecond: number;
  queueDepth: number | null;
  memoryMiB: number | null;
}

/** A machine that others use too breathes this much. */
const mostMemoryGrowth = 1.15;

export function toReport(
  recorder: Recorder,
  { clients, seconds, limit }: { clients: number; seconds: number; limit: number | null },
  breaches: string[] | null,
): LoadReport {
  const admissionMs = summarize(recorder.admissionMs);
  const sum = (counts: Map<string, number>) =>
    [...counts.values()].reduce((total, count) => total + count, 0);
  const ours = sum(recorder.errors.ours);
  const growth = memoryGrowth(recorder);
  const figures: Figure[] = [
    {
      name: 'executions ended per second',
      measured: round(recorder.ended / seconds),
      unit: '/s',
      target: null,
      ...(limit !== null && {
        beside: { name: 'the wasm lane with print(1) alone', measured: round(limit) },
      }),
    },
    { name: 'errors of the service', measured: ours, unit: '', target: { atMost: 0 } },
    { name: 'admission, p50', measured: admissionMs.p50, unit: 'ms', target: null },
    { name: 'admission, p99', measured: admissionMs.p99, unit: 'ms', target: { atMost: 250 } },
    { name: 'breaches of the records', measured: breaches?.length ?? 0, unit: '', target: { atMost: 0 } },
  ];
  if (growth !== null) {
    figures.push({
      name: 'memory, last third over the middle one',
      measured: growth,
      unit: 'x',
      target: { atMost: mostMemoryGrowth },
    });
  }
  return {
    at: new Date().toISOString(),
    ...{ clients, seconds, figures, admissionMs, breaches },
    totalMs: summarize(recorder.totalMs),
    errors: {
      ours: Object.fromEntries(recorder.errors.ours),
      expected: Object.fromEntries(recorder.errors.expected),
    },
    timeline: recorder.seconds.map(({ second, ended, admissionMs, ours, queueDepth, memoryMiB }) => {
      const { p50, p95, p99 } = summarize(admissionMs);
      return {
        ...{ second, endedPerSecond: ended, oursPerSecond: ours, queueDepth, memoryMiB },
        ...{ admissionP50Ms: p50, admissionP95Ms: p95, admissionP99Ms: p99 },
      };
    }),
  };
}

/** The first third is left out: functions start in it. */
function memoryGrowth({ seconds }: Recorder): number | null {
  const samples = seconds.flatMap(({ memoryMiB }) => (memoryMiB === null ? [] : [memoryMiB]));
  const third = Math.floor(samples.length / 3);
  if (third === 0) return null;
  const middle = summarize(samples.slice(third, 2 * third)).p50;
  return round(summarize(samples.slice(2 * third)).p50 / middle);
}

export function toText({ figures, admissionMs, totalMs, errors, breaches }: LoadReport): string {
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([what, count]) => `  ${String(count).padStart(6)}  ${what}`)
      .join('\n') || '  none';
  const line = (name: string, { count, p50, p95, p99, max }: typeof totalMs) =>
    `${name}: ${count} · p50 ${p50} · p95 ${p95} · p99 ${p99} · max ${max} ms`;
  return [
    toTable(figures),
    '',
    line('admission', admissionMs),
    line('request to end, as a polling client sees it', totalMs),
    '',
    `errors of the service\n${list(errors.ours)}`,
    `refusals that are right\n${list(errors.expected)}`,
    breaches === null
      ? 'records: not seen'
      : `breaches of the records\n${breaches.map((breach) => `  ${breach}`).join('\n') || '  none'}`,
  ].join('\n');
}
