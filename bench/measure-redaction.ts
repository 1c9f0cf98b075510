import { createRedaction } from '../shared/redaction/redactor.ts';
import { baits, repeat } from '../test/redaction/corpora/baits.ts';
import { makePlainOutput } from '../test/redaction/corpora/plain-output.ts';
import { isLeaked, makeSecrets, type Sample } from '../test/redaction/corpora/secrets.ts';
import type { Figure } from './figure.ts';
import { round } from './statistics.ts';

/** Another seed than the tests': what the rules were written against isn't what they are measured with. */
const seed = 4_711;
const megabyte = 1_000_000;
const plainMegabytes = 8;

/** What a megabyte may take at most, and how much more the worst input may. */
const budgetMs = 60;
const worstRatio = 5;

const redaction = createRedaction();

/** Recall, false positives and speed of redaction. Needs no service. */
export function measureRedaction(): Figure[] {
  const samples = makeSecrets(seed, 10);
  const kinds = new Set(samples.map(({ kind }) => kind)).size;
  const plain = makePlainOutput(seed, plainMegabytes * megabyte);
  const findings = Object.values(redaction.redact(plain).counts).reduce((total, count) => total + count, 0);
  const typicalMs = fastestMs(plain.slice(0, megabyte));
  const [worstBait, worstMs] = worstInput();
  return [
    {
      name: `redaction: recall, ${samples.length} secrets of ${kinds} kinds`,
      measured: recall(samples, (text) => redaction.redact(text).text),
      unit: '%',
      target: { atLeast: 99 },
    },
    {
      name: 'redaction: recall, split at every border',
      measured: recall(samples, shownOfWorstSplit),
      unit: '%',
      target: { atLeast: 99 },
    },
    {
      name: `redaction: false positives per MB, ${plainMegabytes} MB`,
      measured: round(findings / plainMegabytes),
      unit: '',
      target: { atMost: 1 },
    },
    {
      name: 'redaction: 1 MB of output',
      measured: round(typicalMs),
      unit: 'ms',
      target: { atMost: budgetMs },
    },
    {
      name: 'redaction: 1 MB in chunks of 4 KB',
      measured: round(fastestMs(plain.slice(0, megabyte), inChunks)),
      unit: 'ms',
      target: { atMost: budgetMs },
    },
    {
      name: `redaction: worst 1 MB (${worstBait})`,
      measured: round(worstMs),
      unit: 'ms',
      target: { atMost: budgetMs * worstRatio },
      beside: { name: '1 MB of output', measured: round(typicalMs) },
    },
  ];
}

function recall(samples: readonly Sample[], redact: (text: string) => string): number {
  const found = samples.filter((sample) => !isLeaked(sample, redact(sample.text))).length;
  return Math.floor((found / samples.length) * 1_000) / 10;
}

/** Of all ways to split a text in two, an output that differs from that of the whole; else that one. */
function shownOfWorstSplit(text: string): string {
  const whole = redaction.redact(text).text;
  for (let border = 1; border < text.length; border += 1) {
    const redactor = redaction.createRedactor();
    const shown = redactor.push(text.slice(0, border)) + redactor.push(text.slice(border)) + redactor.end();
    if (shown !== whole) return shown;
  }
  return whole;
}

function worstInput(): [name: string, ms: number] {
  const times = Object.entries(baits).map(([name, bait]): [string, number] => [
    name,
    fastestMs(repeat(bait, megabyte), undefined, 3),
  ]);
  return times.reduce((worst, time) => (time[1] > worst[1] ? time : worst));
}

/** Time of the processor, of the fastest run: the machine may be busy with something else. */
function fastestMs(text: string, redact: (text: string) => unknown = redaction.redact, times = 15): number {
  const durations = Array.from({ length: times }, () => {
    const before = process.cpuUsage();
    redact(text);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return Math.min(...durations);
}

function inChunks(text: string): void {
  const redactor = redaction.createRedactor();
  for (let at = 0; at < text.length; at += 4_096) redactor.push(text.slice(at, at + 4_096));
  redactor.end();
}
