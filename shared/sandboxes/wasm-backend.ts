import {
  InvokeCommand,
  type InvokeCommandOutput,
  type LambdaClient,
  TooManyRequestsException,
} from '@aws-sdk/client-lambda';
import { type SandboxReport, sandboxReportSchema } from '../domain/sandbox-report.ts';
import { BackendError, RunAborted, type SandboxBackend } from '../ports/sandbox-backend.ts';
import { killedReport } from './killed-report.ts';

/**
 * Runs programs in the `sandbox-wasm` Lambda. The tenant goes with the invoke, so that Lambda gives every tenant
 * execution environments of its own. An invoked function can't be ended: of an aborted run only the answer is given up,
 * and the program ends by its own limits.
 */
export function createWasmBackend({
  client,
  functionName,
}: {
  client: LambdaClient;
  functionName: string;
}): SandboxBackend {
  return {
    name: 'wasm',
    async run({ artifacts: _artifacts, ...job }, signal) {
      const startedMs = performance.now();
      const invocation = { functionName, tenant: job.tenant, payload: JSON.stringify(job), signal };
      const answer = await invoke(client, invocation).catch((error: unknown) => {
        if (!signal?.aborted) throw error;
        throw new RunAborted(killedReport(job.limits, { wallTimeMs: performance.now() - startedMs }));
      });
      if (answer.FunctionError !== undefined) {
        throw new BackendError('sandbox_lost', 'The sandbox ended without a report.', { beforeStart: false });
      }
      return { report: parseReport(answer), artifacts: [] };
    },
  };
}

function parseReport(answer: InvokeCommandOutput): SandboxReport {
  try {
    return sandboxReportSchema.parse(JSON.parse(answer.Payload?.transformToString() ?? ''));
  } catch (cause) {
    throw new BackendError('sandbox_lost', 'The sandbox answered with something that is no report.', {
      beforeStart: false,
      cause,
    });
  }
}

interface Invocation {
  functionName: string;
  tenant: string;
  payload: string;
  signal: AbortSignal | undefined;
}

async function invoke(
  client: LambdaClient,
  { functionName, tenant, payload, signal }: Invocation,
): Promise<InvokeCommandOutput> {
  try {
    return await client.send(
      new InvokeCommand({ FunctionName: functionName, TenantId: tenant, Payload: payload }),
      signal === undefined ? {} : { abortSignal: signal },
    );
  } catch (cause) {
    const isBusy = cause instanceof TooManyRequestsException;
    throw new BackendError(
      'backend_unavailable',
      isBusy ? 'All sandboxes are busy.' : 'The sandbox could not be reached.',
      { beforeStart: isBusy, cause },
    );
  }
}
