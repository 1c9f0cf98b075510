import type { FunctionConfig } from './function-config.ts';

export interface InvocationRequest {
  readonly requestId: string;
  /** JSON text of the event. */
  readonly payload: string;
  readonly tenantId: string | undefined;
}

/** An error in the shape that Lambda puts into the payload of a failed invocation. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export type InvocationResult =
  | { readonly kind: 'succeeded'; readonly payload: string }
  | { readonly kind: 'failed'; readonly error: FunctionError };

/** What the host sends into an environment. */
export type ToRuntime =
  | { readonly type: 'init'; readonly config: RuntimeConfig }
  | (InvocationRequest & { readonly type: 'invoke'; readonly deadlineMs: number })
  | { readonly type: 'shutdown' };

/** What comes out of it. */
export type FromRuntime =
  | { readonly type: 'ready' }
  | { readonly type: 'init-failed'; readonly error: FunctionError }
  | { readonly type: 'result'; readonly requestId: string; readonly payload: string }
  | { readonly type: 'failed'; readonly requestId: string; readonly error: FunctionError }
  /** The environment is about to end; `requestId` was running, if one was. */
  | { readonly type: 'crashed'; readonly requestId?: string; readonly error: FunctionError }
  | { readonly type: 'shut-down' };

export interface RuntimeConfig
  extends Pick<FunctionConfig, 'file' | 'exportName' | 'name' | 'arn' | 'memoryMiB'> {
  readonly niceness: number;
}

/** A thread or a process that holds one runtime. */
export interface RuntimeHost {
  send(message: ToRuntime): void;
  onMessage(listener: (message: FromRuntime) => void): void;
  /** Called once, when nothing of it runs any more; the text says how it ended. */
  onEnd(listener: (how: string) => void): void;
  /** Ends it and all that it started, at once. */
  kill(): void;
}

export interface HostOptions {
  readonly config: FunctionConfig;
  readonly writeLog: (chunk: string | Uint8Array) => void;
}
