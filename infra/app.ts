import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { readStage } from './config.ts';
import { CordonStack } from './cordon-stack.ts';
import { stackName } from './stack-name.ts';

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
const app = new App({ outdir: 'cdk.out', context });

new CordonStack(app, stackName, {
  description: 'Cordon: runs code nobody trusts',
  stage: readStage(app.node.tryGetContext('stage')),
});

app.synth();
