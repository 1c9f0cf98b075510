import { expect } from '@jest/globals';
import type { SandboxReport } from '../../shared/domain/sandbox-report.ts';
import type { Attack } from './attack.ts';

/** The report is the one that proves the attack contained. */
export function expectContained(report: SandboxReport, expected: Attack['expected']): void {
  expect(report.ending).toEqual(expected.ending);
  if (expected.errorType !== undefined) expect(report.error?.type ?? null).toBe(expected.errorType);
  if (expected.stdout !== undefined) expectText(report.stdout, expected.stdout);
  if (expected.stderr !== undefined) expectText(report.stderr, expected.stderr);
  if (expected.truncated !== undefined) expect(report.truncated).toEqual(expected.truncated);
}

/** A text stands for itself from start to end, a pattern for what it matches. */
function expectText(text: string, expected: string | RegExp): void {
  if (expected instanceof RegExp) expect(text).toMatch(expected);
  else expect(text).toBe(expected);
}

/** What a program can tell: all but what it cost. */
export function seen({ ending, stdout, stderr, truncated, error }: SandboxReport) {
  return { ending, stdout, stderr, truncated, error };
}
