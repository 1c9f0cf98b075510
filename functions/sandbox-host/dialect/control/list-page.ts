import type { Sandbox } from '../../sandboxes/sandbox.ts';
import { HttpProblem } from '../problem.ts';

const maxLimit = 100;

/** A page of the list, and where the next one starts. */
export interface Page {
  sandboxes: Sandbox[];
  nextToken: string | null;
}

/**
 * The sandboxes that a query asks for, newest first unless it says `order=asc`. A page starts after a sandbox, not at
 * a number: none is listed twice or left out because others came or went.
 *
 * @throws HttpProblem 400
 */
export function listPage(all: readonly Sandbox[], query: URLSearchParams): Page {
  const metadata = parseMetadata(query.get('metadata'));
  const states = query.getAll('state').flatMap((value) => value.split(','));
  const template = query.get('template');
  const startedAfterMs = parseTime(query.get('startedAfter'));
  const isAscending = query.get('order') === 'asc';
  const limit = parseLimit(query.get('limit'));
  const after = parseToken(query.get('nextToken'));
  const isMatch = (sandbox: Sandbox) =>
    (states.length === 0 || states.includes('running')) &&
    (template === null || sandbox.template === template) &&
    sandbox.startedAtMs > startedAfterMs &&
    metadata.every(([key, value]) => sandbox.metadata[key] === value);
  const compare = (a: Position, b: Position) => (isAscending ? byAge(a, b) : byAge(b, a));
  const rest = all
    .filter((sandbox) => isMatch(sandbox) && (after === null || compare(sandbox, after) > 0))
    .sort(compare);
  const sandboxes = rest.slice(0, limit);
  const last = sandboxes.at(-1);
  return { sandboxes, nextToken: rest.length > limit && last !== undefined ? toToken(last) : null };
}

type Position = Pick<Sandbox, 'startedAtMs' | 'id'>;

function byAge(a: Position, b: Position): number {
  return a.startedAtMs - b.startedAtMs || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** A query in the query: pairs in which keys and values are encoded once more. */
function parseMetadata(text: string | null): [string, string][] {
  try {
    return [...new URLSearchParams(text ?? '')].map(([key, value]) => [
      decodeURIComponent(key),
      decodeURIComponent(value),
    ]);
  } catch {
    throw new HttpProblem(400, 'the query parameter "metadata" is not encoded as a query');
  }
}

function parseTime(text: string | null): number {
  if (text === null) return Number.NEGATIVE_INFINITY;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new HttpProblem(400, 'the query parameter "startedAfter" is no time');
  return time;
}

function parseLimit(text: string | null): number {
  if (text === null) return maxLimit;
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > maxLimit)
    throw new HttpProblem(400, `the query parameter "limit" is between 1 and ${maxLimit}`);
  return limit;
}

function toToken({ startedAtMs, id }: Position): string {
  return Buffer.from(`${startedAtMs}.${id}`).toString('base64url');
}

function parseToken(token: string | null): Position | null {
  if (token === null || token === '') return null;
  const match = /^(\d{1,15})\.(\w{1,64})$/.exec(Buffer.from(token, 'base64url').toString());
  if (match === null) throw new HttpProblem(400, 'the query parameter "nextToken" is none of ours');
  return { startedAtMs: Number(match[1]), id: match[2] ?? '' };
}
