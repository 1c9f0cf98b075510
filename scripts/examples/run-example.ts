import { isTerminal } from '../../shared/domain/execution.ts';
import type { CordonClient } from '../cordon-client.ts';
import { compareResult } from './compare-result.ts';
import { type Example, loadExpected } from './load-examples.ts';

export interface ExampleResult {
  name: string;
  language: string;
  /** Outcome, else status or problem code. */
  outcome: string;
  wallTimeMs: number | null;
  totalMs: number | null;
  passed: boolean;
  mismatches: string[];
}

const waitSeconds = 25;
/** Six waits of 25 s: longer than any queue of examples at four a time. */
const maxPolls = 6;

/** Submits one example, waits for its end and compares the result with the expected one. */
export async function runExample(client: CordonClient, example: Example): Promise<ExampleResult> {
  const base = {
    name: example.name,
    language: example.language,
    wallTimeMs: null,
    totalMs: null,
    passed: false,
  };
  let answer = await client.submit(example.request, { waitSeconds });
  for (let poll = 0; answer.ok && !isTerminal(answer.body.status) && poll < maxPolls; poll += 1) {
    answer = await client.get(answer.body.id, { waitSeconds });
  }
  if (!answer.ok) {
    const { code, detail, errors } = answer.problem;
    const mismatches = [`${answer.status} ${code}: ${detail}`, ...(errors ? [JSON.stringify(errors)] : [])];
    return { ...base, outcome: code, mismatches };
  }

  const execution = answer.body;
  const mismatches = compareResult(await loadExpected(example.name), execution);
  return {
    ...base,
    outcome: execution.outcome ?? execution.status,
    wallTimeMs: execution.usage?.wallTimeMs ?? null,
    totalMs: execution.timings.totalMs,
    passed: mismatches.length === 0,
    mismatches,
  };
}
