import { LambdaClient } from '@aws-sdk/client-lambda';
import { listenOnLoopback } from '../../local/http/loopback-server.ts';
import { readBody } from '../../local/http/read-body.ts';
import { sandboxJobSchema } from '../../shared/domain/sandbox-report.ts';
import { createWasmBackend } from '../../shared/sandboxes/wasm-backend.ts';
import { startRunner } from '../support/wasm-sandboxes.ts';
import { describeBackend } from './backend-contract.ts';

const maxPayloadBytes = 6_291_556;

describeBackend('wasm', {
  languages: ['python', 'javascript', 'typescript'],
  hasProcesses: false,
  hasArtifacts: false,
  /** The real runner with its child processes, behind as much of Lambda's Invoke as the adapter uses. */
  async open() {
    const runner = await startRunner();
    const server = await listenOnLoopback(0, async (request, response) => {
      const job = sandboxJobSchema.parse(JSON.parse((await readBody(request, maxPayloadBytes)).toString()));
      response.end(JSON.stringify(await runner.run(job)));
    });
    const client = new LambdaClient({
      endpoint: server.url,
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    });
    return {
      backend: createWasmBackend({ client, functionName: 'sandbox-wasm' }),
      async close() {
        client.destroy();
        await server.close();
        await runner.close();
      },
    };
  },
});
