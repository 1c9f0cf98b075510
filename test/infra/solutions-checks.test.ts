import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CordonStack } from '../../infra/cordon-stack.ts';
import { checkSolutions } from '../../infra/solutions-checks.ts';

const everything = { stage: 'prod', lanes: ['wasm', 'e2b', 'gvisor'], e2bPlan: 'hobby' } as const;

function synthesize(change: (stack: CordonStack) => void): void {
  const outdir = mkdtempSync(join(tmpdir(), 'cordon-checks-'));
  try {
    const app = new App({ outdir });
    change(new CordonStack(app, 'Checked', everything));
    checkSolutions(app);
    app.synth();
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

test('the stack has no finding that is not acknowledged with a reason', () => {
  expect(() => synthesize(() => {})).not.toThrow();
});

test('a new resource with a finding is noticed', () => {
  expect(() => synthesize((stack) => new Bucket(stack, 'plain'))).toThrow(/AwsSolutions-S10/);
});
