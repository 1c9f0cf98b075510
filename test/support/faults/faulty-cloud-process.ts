import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterReady } from '../../../local/after-ready.ts';
import { endOnSignals } from '../../../local/end-on-signals.ts';
import { descendants } from '../../../local/process-tree.ts';
import { startLocalCloud } from '../../../local/start-local-cloud.ts';
import { readTemplate } from '../../../local/template/template.ts';
import { buildProject } from '../../../scripts/build.ts';
import { faultOf, serviceKillPoints } from '../../faults/service-kill-points.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';

/**
 * The service as `npm start` runs it, with proxies between its functions and the services that they call. A number that
 * comes from its parent is a kill point: the next time it is reached, this process is dead.
 */
const dataDirectory = process.env.CORDON_DATA ?? ':memory:';
const { templateFile, assetDirectory } = await buildProject();
const proxies: Partial<Record<'dynamodb' | 'sqs' | 'lambda', FaultProxy>> = {};
const cloud = await startLocalCloud({
  template: await readTemplate(templateFile),
  assetDirectory,
  port: 0,
  dataDirectory,
  variables: () => ({ BACKENDS: 'wasm', DEPLOYMENT: 'faults', CALLBACK_TARGETS: 'local' }),
  async between(endpoints) {
    const dynamodb = await startFaultProxy(endpoints.dynamodb);
    const sqs = await startFaultProxy(endpoints.sqs);
    const lambda = await startFaultProxy(endpoints.lambda);
    Object.assign(proxies, { dynamodb, sqs, lambda });
    return { ...endpoints, dynamodb: dynamodb.url, sqs: sqs.url, lambda: lambda.url };
  },
});
endOnSignals(cloud);
await afterReady(cloud, dataDirectory, { on: ['wasm'], off: [] });

process.on('message', (index: number) => {
  const point = serviceKillPoints[index];
  if (point === undefined) throw new Error(`no kill point ${index}`);
  proxies[point.of]?.inject(faultOf(point, die));
  process.send?.('armed');
});
process.send?.({ url: cloud.url, dynamodb: cloud.endpoints.dynamodb, sqs: cloud.endpoints.sqs });

/** Leaves behind which processes there were. */
function die(): void {
  writeFileSync(join(dataDirectory, 'processes.json'), JSON.stringify(descendants().map(({ pid }) => pid)));
  process.kill(process.pid, 'SIGKILL');
}
