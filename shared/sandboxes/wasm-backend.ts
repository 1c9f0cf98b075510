import {
  InvokeCommand,
  type InvokeCommandOutput,
  type LambdaClient,
  TooManyRequestsException,
} from '@aws-sdk/client-lambda';
import { type SandboxReport, sandboxReportSchema } from '../domain/sandbox-report.ts';
import { BackendError, type SandboxBackend } from '../ports/sandbox-backend.ts';

/**
 * Runs programs in the `sandbox-wasm` Lambda. The tenant goes with the invoke, so that Lambda gives every tenant
 * execution environments of its own.
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
    async run({ artifacts: _artifacts, ...job }) {
      const answer = await invoke(client, functionName, job.tenant, JSON.stringify(job));
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

async function invoke(
  client: LambdaClient,
  functionName: string,
  tenant: string,
  payload: string,
): Promise<InvokeCommandOutput> {
  try {
    return await client.send(
      new InvokeCommand({ FunctionName: functionName, TenantId: tenant, Payload: payload }),
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
