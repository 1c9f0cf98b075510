import type { Construct } from 'constructs';
import { wasmLaneConcurrency } from '../config.ts';
import type { Callbacks } from '../constructs/callbacks.ts';
import { type ExecutionStorage, Executor } from '../constructs/executor.ts';
import { Lane } from '../constructs/lane.ts';
import { SandboxWasm } from '../constructs/sandbox-wasm.ts';

export interface WasmLaneProps {
  storage: ExecutionStorage;
  callbacks: Callbacks;
}

/** queue > run-execution > sandbox-wasm */
export class WasmLane extends Lane {
  constructor(scope: Construct, { storage, callbacks }: WasmLaneProps) {
    super(scope, 'wasm');
    const sandbox = new SandboxWasm(scope, 'sandbox-wasm');
    const { lambda } = new Executor(this, 'executor', {
      storage,
      lane: this,
      maxConcurrency: wasmLaneConcurrency,
      variables: {
        BACKEND: 'wasm',
        LANE_QUEUE_URL: this.queue.queueUrl,
        CALLBACKS_QUEUE_URL: callbacks.queue.queueUrl,
        WASM_SANDBOX_FUNCTION: sandbox.lambda.functionName,
      },
    });
    sandbox.lambda.grantInvoke(lambda);
    callbacks.grantSend(lambda);
  }
}
