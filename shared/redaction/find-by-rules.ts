import { createAutomaton } from './automaton.ts';
import type { Finding } from './finding.ts';
import { longestKeyword, lookBack, type Rule, type Stop } from './rule.ts';

/** What is looked at: `text` from `from` on, with what came before for patterns that look back. */
export interface Passage {
  text: string;
  from: number;
  /** Nothing follows. */
  isEnd: boolean;
  /** Nothing follows because it was cut off. */
  isCut: boolean;
}

export interface RuleFindings {
  findings: Finding[];
  /** Everything that begins before is settled. */
  settled: number;
  /** Blocks, each from its first line to its last; findings within are part of them. */
  blocks: { start: number; end: number }[];
  /** Where a block begins whose end hasn't come. */
  openBlock: number | null;
}

export type RuleFinder = (passage: Passage) => RuleFindings;

/** A cut token is redacted from this length of its own on: less says nothing. */
const shortestCut = 4;

interface Search extends RuleFindings, Passage {
  /** The value of the last assignment. */
  assigned: { start: number; end: number };
}

/** Tries each rule where its keyword stands. One pass over the text, and bounded work per keyword. */
export function createRuleFinder(rules: readonly Rule[]): RuleFinder {
  const keywords = [...new Set(rules.flatMap((rule) => rule.keywords))];
  const automaton = createAutomaton(keywords);
  const rulesOf = keywords.map((keyword) => rules.filter((rule) => rule.keywords.includes(keyword)));
  const numberRules = rules.filter(({ trigger }) => trigger === 'number');
  const countryRules = rules.filter(({ trigger }) => trigger === 'country');
  const ranks = new Map(rules.map((rule, index) => [rule, index + 1]));

  return (passage) => {
    const { text, from, isEnd } = passage;
    const search: Search = {
      ...passage,
      findings: [],
      settled: text.length,
      blocks: [],
      openBlock: null,
      assigned: { start: 0, end: 0 },
    };
    let state = 0;
    let previous = classAt(text, from - 1);
    let beforeThat = classAt(text, from - 2);
    for (let at = from; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      const current = unit < 128 ? (classes[unit] as number) : other;
      state = automaton.next(state, unit < 128 ? (lowered[unit] as number) : unit);
      if (current === digit && previous !== digit) {
        const isPair = previous === capital && beforeThat === capital && isBeginning(text, at - 2);
        if (isBeginning(text, at)) tryAll(search, numberRules, ranks, at, at);
        else if (isPair) tryAll(search, countryRules, ranks, at - 2, at);
      }
      beforeThat = previous;
      previous = current;
      const words = automaton.wordsAt(state);
      if (words === undefined) continue;
      for (const word of words) {
        const start = at + 1 - (keywords[word] as string).length;
        const blockEnd = tryAll(search, rulesOf[word] as Rule[], ranks, start, at + 1);
        if (blockEnd === null) continue;
        at = blockEnd - 1;
        state = 0;
        previous = classAt(text, at);
        beforeThat = classAt(text, at - 1);
        break;
      }
    }
    if (!isEnd) search.settled = Math.min(search.settled, unfinishedWord(text, from));
    return search;
  };
}

/** Tries rules whose keyword spans [start, keywordEnd). Answers where a block that begins there ends, else null. */
function tryAll(
  search: Search,
  rules: readonly Rule[],
  ranks: ReadonlyMap<Rule, number>,
  start: number,
  keywordEnd: number,
): number | null {
  const { text, isEnd, isCut } = search;
  let blockEnd: number | null = null;
  for (const rule of rules) {
    const { assigned } = search;
    if (rule.isAssignment && assigned.start < start && start < assigned.end) continue;
    const endMatters = (isCut || !isEnd) && text.length - start < rule.reach;
    const mayGoOn = endMatters && !hasStop(text, keywordEnd, rule.stop);
    if (mayGoOn && !isEnd) {
      search.settled = Math.min(search.settled, wordStart(text, start, search.from, lookBack));
      continue;
    }
    rule.pattern.lastIndex = start;
    const match = rule.pattern.exec(text);
    const finding = match === null ? null : toFinding(rule, ranks.get(rule) ?? 0, match);
    if (finding !== null) {
      if (rule.blockEnd !== undefined) blockEnd = closeBlock(search, rule.blockEnd, finding);
      if (rule.isAssignment) search.assigned = finding;
      search.findings.push(finding);
    } else if (mayGoOn && isCut && keywordEnd > start && text.length - keywordEnd >= shortestCut) {
      const rank = ranks.get(rule) ?? 0;
      search.findings.push({ start: keywordEnd, end: text.length, origin: start, kind: rule.kind, rank });
    }
  }
  return blockEnd;
}

function toFinding({ kind, isSecret }: Rule, rank: number, match: RegExpExecArray): Finding | null {
  const { secret, before = '', before2 = '' } = match.groups ?? {};
  const end = match.index + match[0].length;
  const start = secret === undefined ? match.index - before.length - before2.length : end - secret.length;
  const origin = Math.min(start, match.index);
  const isOne = isSecret === undefined || isSecret(match.input.slice(start, end), match);
  return isOne ? { start, end, origin, kind, rank } : null;
}

/** Stretches the finding to the block's end. A block without one is redacted to the end of what there is. */
function closeBlock(search: Search, blockEnd: RegExp, finding: Finding): number {
  const { text, isEnd } = search;
  blockEnd.lastIndex = finding.end;
  const match = blockEnd.exec(text);
  finding.end = match === null ? text.length : match.index + match[0].length;
  search.blocks.push({ start: finding.start, end: finding.end });
  if (match === null && !isEnd) {
    search.settled = Math.min(search.settled, finding.start);
    search.openBlock = finding.start;
  }
  return finding.end;
}

const other = 0;
const digit = 1;
const capital = 2;
const small = 3;
const classes = Uint8Array.from({ length: 128 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  return /[0-9]/.test(character)
    ? digit
    : /[A-Z]/.test(character)
      ? capital
      : /[a-z_]/.test(character)
        ? small
        : other;
});
const lowered = Uint8Array.from({ length: 128 }, (_, unit) => (classes[unit] === capital ? unit + 32 : unit));

function classAt(text: string, at: number): number {
  const unit = at < 0 ? 0 : text.charCodeAt(at);
  return unit < 128 ? (classes[unit] as number) : other;
}

/** Not within a word, or directly after a line break or a colour that is written out. */
function isBeginning(text: string, at: number): boolean {
  if (classAt(text, at - 1) === other) return true;
  const last = text[at - 1] as string;
  return last === 'm' || ('nrt'.includes(last) && text[at - 2] === '\\');
}

const stops: Readonly<Record<Exclude<Stop, 'none'>, RegExp>> = {
  space: /[\s"'`<>\\]/g,
  line: /[\r\n]/g,
  number: /[^\d ().+-]/g,
};

function hasStop(text: string, from: number, stop: Stop): boolean {
  if (stop === 'none') return false;
  stops[stop].lastIndex = from;
  return stops[stop].test(text);
}

/** A keyword may be on its way in the last word, and its pattern may look back over it. */
function unfinishedWord(text: string, from: number): number {
  return wordStart(text, text.length, from, longestKeyword + lookBack);
}

/** Back over what is no white space: `most` characters, and no further than `from`. */
function wordStart(text: string, end: number, from: number, most: number): number {
  const first = Math.max(from, end - most);
  let at = end;
  while (at > first && text.charCodeAt(at - 1) > 32) at -= 1;
  return at;
}
