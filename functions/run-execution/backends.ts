import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Environment } from '../../shared/contract/environment.ts';
import type { SandboxBackend } from '../../shared/ports/sandbox-backend.ts';
import { createWasmBackend } from '../../shared/sandboxes/wasm-backend.ts';

/** The backend of an executor, and how to wait until nothing of it is on its way any more. */
export interface ConnectedBackend {
  backend: SandboxBackend;
  /** A Lambda function is frozen when it has answered, and what is under way with it. */
  idle(): Promise<void>;
}

/** The backend of this executor's lane. The SDK behind e2b and gvisor is only loaded where it is used. */
export async function connectBackend(environment: Environment<'run-execution'>): Promise<ConnectedBackend> {
  switch (environment.BACKEND) {
    case 'wasm': {
      const backend = createWasmBackend({
        // One attempt: the SDK must never run a program again by itself.
        client: new LambdaClient({ maxAttempts: 1 }),
        functionName: environment.WASM_SANDBOX_FUNCTION,
      });
      return { backend, idle: async () => {} };
    }
    case 'e2b':
      return (await import('./connect-e2b.ts')).connectE2b(environment);
    case 'gvisor':
      return (await import('./connect-gvisor.ts')).connectGvisor(environment);
  }
}
