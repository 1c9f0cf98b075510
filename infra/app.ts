import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { readE2bPlan, readLanes, readRunscSha512, readStage } from './config.ts';
import { CordonStack } from './cordon-stack.ts';
import { stackName } from './stack-name.ts';

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
const app = new App({ outdir: process.env.CDK_OUTDIR ?? 'cdk.out', context });

new CordonStack(app, stackName, {
  description: 'Cordon: runs code nobody trusts',
  stage: readStage(app.node.tryGetContext('stage')),
  lanes: readLanes(app.node.tryGetContext('lanes')),
  e2bPlan: readE2bPlan(app.node.tryGetContext('e2bPlan')),
  runscSha512: readRunscSha512(app.node.tryGetContext('runscSha512')),
});

app.synth();
