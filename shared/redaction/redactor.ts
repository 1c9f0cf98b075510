import { createRecentValues } from '../domain/recent-values.ts';
import { createRuleFinder, type Passage, type RuleFinder } from './find-by-rules.ts';
import { type Finding, mergeFindings } from './finding.ts';
import { createMarkedFinder } from './marked-secrets.ts';
import { rulesWithContacts, standardRules } from './rules/all-rules.ts';

export interface RedactionOptions {
  /** Values that the caller marked as secret. */
  secrets?: readonly string[];
  /** Also email addresses and phone numbers, of which ordinary output is full. */
  contacts?: boolean;
  /** Kinds that are left in. Values that the caller marked never are. */
  off?: readonly string[];
}

/** How often each kind was replaced. */
export type RedactionCounts = Record<string, number>;

export interface Redacted {
  text: string;
  counts: RedactionCounts;
}

/** Redacts one stream. What comes out in all is the same however the stream was cut into chunks. */
export interface Redactor {
  /** What can be shown after this chunk. Held back is what could still be, or be within, a secret. */
  push(chunk: string): string;
  /** The rest. `isCut`: the stream was cut off here, so what may be the beginning of a secret is one. */
  end(options?: { isCut?: boolean }): string;
  counts(): RedactionCounts;
}

/** What patterns look back at, kept of the text that is out. */
const contextLength = 160;

/** Of a block whose end hasn't come, no more than its first and last part need to be held. */
const heldBlock = { first: 40_000, last: 200 } as const;

/**
 * A redactor of many texts under the same options. Time is linear in a text's length, whatever it holds.
 * Lone surrogates and U+FFFD are characters like any other.
 */
export function createRedaction(options: RedactionOptions = {}): {
  redact(text: string, end?: { isCut?: boolean }): Redacted;
  createRedactor(): Redactor;
} {
  const find = createFinder(options);
  return {
    redact(text, { isCut = false } = {}) {
      const counts: RedactionCounts = {};
      const { findings } = find({ text, from: 0, isEnd: true, isCut });
      return { text: replace(text, 0, text.length, findings, counts), counts };
    },
    createRedactor: () => createRedactor(find),
  };
}

function createRedactor(find: Finder): Redactor {
  const counts: RedactionCounts = {};
  let buffer = '';
  /** Where in the buffer the context ends and what is held begins. */
  let from = 0;
  let heldAtScan = 0;

  const advance = (isEnd: boolean, isCut: boolean): string => {
    const { findings, settled, openBlock } = find({ text: buffer, from, isEnd, isCut });
    const shown = replace(buffer, from, settled, findings, counts);
    const kept = Math.max(0, settled - contextLength);
    const blockStart = openBlock === null ? null : openBlock - kept;
    buffer = buffer.slice(kept);
    from = settled - kept;
    if (blockStart !== null) buffer = shortenBlock(buffer, blockStart);
    heldAtScan = buffer.length - from;
    return shown;
  };

  return {
    push(chunk) {
      buffer += chunk;
      // Looking again only after a quarter more has come keeps a stream of single characters linear.
      const held = buffer.length - from;
      return held - heldAtScan < heldAtScan / 4 ? '' : advance(false, false);
    },
    end: ({ isCut = false } = {}) => advance(true, isCut),
    counts: () => ({ ...counts }),
  };
}

function shortenBlock(buffer: string, start: number): string {
  const first = start + heldBlock.first;
  const last = buffer.length - heldBlock.last;
  return first < last ? buffer.slice(0, first) + buffer.slice(last) : buffer;
}

interface Found {
  findings: Finding[];
  settled: number;
  openBlock: number | null;
}

type Finder = (passage: Passage) => Found;

/** A tenant's choice of rules is used for all of its executions. */
const ruleFinders = createRecentValues<RuleFinder>(20);

function ruleFinderOf({ contacts = false, off = [] }: RedactionOptions): RuleFinder {
  const name = JSON.stringify([contacts, off.toSorted()]);
  const known = ruleFinders.get(name);
  if (known !== undefined) return known;
  const rules = contacts ? rulesWithContacts : standardRules;
  const finder = createRuleFinder(rules.filter(({ kind }) => !off.includes(kind)));
  ruleFinders.set(name, finder);
  return finder;
}

function createFinder(options: RedactionOptions): Finder {
  const findByRules = ruleFinderOf(options);
  const findMarked = createMarkedFinder(options.secrets ?? []);
  return (passage) => {
    const byRules = findByRules(passage);
    const marked = findMarked(passage);
    const findings = mergeFindings([...byRules.findings, ...outsideOf(byRules.blocks, marked.findings)]);
    const border = borderBefore(passage, Math.min(byRules.settled, marked.settled));
    return { findings, settled: backOutOf(findings, border), openBlock: byRules.openBlock };
  };
}

/** Both are in the order of the text. What begins in a block and goes on after it counts too. */
function outsideOf(
  blocks: readonly { start: number; end: number }[],
  findings: readonly Finding[],
): Finding[] {
  let next = 0;
  return findings.filter(({ start, end }) => {
    while ((blocks[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1;
    const block = blocks[next];
    return block === undefined || start <= block.start || block.end < end;
  });
}

/** A chunk must not end between the halves of a character. */
function borderBefore({ text, isEnd, from }: Passage, at: number): number {
  const isHigh = !isEnd && at > from && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
  return isHigh ? at - 1 : at;
}

/** The border, moved to before every finding, and what gives it away, that it would cut. */
function backOutOf(findings: readonly Finding[], border: number): number {
  return findings.reduceRight((at, { origin, end }) => (origin < at && at < end ? origin : at), border);
}

function replace(
  text: string,
  from: number,
  to: number,
  findings: readonly Finding[],
  counts: RedactionCounts,
): string {
  const parts: string[] = [];
  let shown = from;
  for (const { start, end, kind } of findings) {
    if (end > to) break;
    parts.push(text.slice(shown, start), `[REDACTED:${kind}]`);
    counts[kind] = (counts[kind] ?? 0) + 1;
    shown = end;
  }
  parts.push(text.slice(shown, to));
  return parts.join('');
}
