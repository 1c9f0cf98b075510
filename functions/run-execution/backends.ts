import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Environment } from '../../shared/contract/environment.ts';
import type { SandboxBackend } from '../../shared/ports/sandbox-backend.ts';
import { createWasmBackend } from '../../shared/sandboxes/wasm-backend.ts';

/** The backend of this executor's lane. */
export function connectBackend(environment: Environment<'run-execution'>): SandboxBackend {
  switch (environment.BACKEND) {
    case 'wasm':
      return createWasmBackend({
        // One attempt: the SDK must never run a program again by itself.
        client: new LambdaClient({ maxAttempts: 1 }),
        functionName: environment.WASM_SANDBOX_FUNCTION,
      });
    case 'e2b':
    case 'gvisor':
      throw new Error('not built yet');
  }
}
