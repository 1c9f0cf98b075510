import { secretLimits } from '../domain/limits.ts';
import { createAutomaton } from './automaton.ts';
import type { Passage } from './find-by-rules.ts';
import { type Finding, union } from './finding.ts';

/** At the place where an output was cut, this much of a marked value's beginning is redacted, and less isn't. */
const shortestCut = 4;

export interface MarkedFindings {
  findings: Finding[];
  /** Everything that begins before is settled. */
  settled: number;
}

export type MarkedFinder = (passage: Passage) => MarkedFindings;

/**
 * Finds values exactly, and as base64 (at any offset within other data), hexadecimal, URL-encoded, escaped in JSON,
 * in source or in HTML. Line breaks never count, so a value that was wrapped is found as well. One pass.
 */
export function createMarkedFinder(secrets: readonly string[]): MarkedFinder {
  const spellings = [...new Set(secrets.flatMap(spellingsOf))];
  if (spellings.length === 0) return ({ text }) => ({ findings: [], settled: text.length });
  const automaton = createAutomaton(spellings);
  const lengths = spellings.map(({ length }) => length);

  return ({ text, from, isEnd, isCut }) => {
    const findings: Finding[] = [];
    const places = new Int32Array(text.length - from);
    let read = 0;
    let state = 0;
    for (let at = from; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (unit === lineFeed || unit === carriageReturn) continue;
      places[read] = at;
      read += 1;
      state = automaton.next(state, unit);
      const [longest] = automaton.wordsAt(state) ?? [];
      if (longest === undefined) continue;
      const start = places[read - (lengths[longest] as number)] as number;
      addByEnd(findings, toFinding(start, at + 1));
    }
    const depth = automaton.depthOf(state);
    const begun = depth === 0 ? text.length : (places[read - depth] as number);
    if (isCut && depth >= shortestCut) {
      addByEnd(findings, toFinding(begun, text.length));
    }
    return { findings, settled: isEnd ? text.length : begun };
  };
}

const lineFeed = 10;
const carriageReturn = 13;

function toFinding(start: number, end: number): Finding {
  return { start, end, origin: start, kind: 'marked-secret', rank: 0 };
}

/** Findings come by their ends, so that one can only overlap the last of those before. */
function addByEnd(findings: Finding[], finding: Finding): void {
  let added = finding;
  for (let last = findings.at(-1); last !== undefined && last.end > added.start; last = findings.at(-1)) {
    added = union(added, last);
    findings.pop();
  }
  findings.push(added);
}

/** How a value may be written, without line breaks. */
function spellingsOf(value: string): string[] {
  const secret = value.toWellFormed();
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const encoded = urlEncodings(secret);
  const spellings = [
    secret,
    bytes.toString('latin1'),
    hex,
    hex.toUpperCase(),
    ...encoded,
    ...encoded.map((text) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())),
    ...base64Spellings(bytes),
    ...escapes(secret),
  ];
  return spellings
    .map((spelling) => spelling.replace(/[\r\n]/g, ''))
    .filter(({ length }) => length >= secretLimits.characters.min);
}

/** As JavaScript, Python and HTML forms encode; they differ in what they leave alone (RFC 3986, section 2.2). */
function urlEncodings(secret: string): string[] {
  const lenient = encodeURIComponent(secret);
  const strict = lenient.replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const withSlash = strict.replaceAll('%2F', '/');
  return [
    lenient,
    strict,
    withSlash,
    ...[lenient, strict, withSlash].map((text) => text.replaceAll('%20', '+')),
  ];
}

/**
 * Base64 of data in which the value begins at any of three offsets within a group of three bytes: the characters
 * that only the value's own bits decide. Standing alone it is also known with its padding.
 */
function base64Spellings(bytes: Buffer): string[] {
  const standard = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor(((offset + bytes.length) * 8) / 6);
    return text.slice(first, last);
  });
  const alone = [bytes.toString('base64'), bytes.toString('base64').replace(/=+$/, '')];
  return [...standard, ...alone].flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]);
}

function escapes(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const ascii = json.replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const source = secret.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  const html = secret.replace(/[&<>"']/g, (character) => htmlEntities[character] ?? character);
  return [json, ascii, source, json.replaceAll('/', '\\/'), html, html.replaceAll('&#39;', '&#x27;')];
}

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
