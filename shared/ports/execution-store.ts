import type { ListQuery } from '../contract/list-query.ts';
import type { Quota, QuotaRefusal } from '../domain/account.ts';
import type { Execution, Failure, Output } from '../domain/execution.ts';
import type { LaneName } from '../domain/lane.ts';
import type { Usage } from '../domain/limits.ts';
import type { Order, Program } from '../domain/program.ts';
import type { RedactionPolicy } from '../domain/redaction-policy.ts';
import type { RequestIdentity } from '../domain/request-identity.ts';

/** What a finished attempt adds to an execution. */
export type Completion = Pick<
  Execution,
  | 'outcome'
  | 'exitCode'
  | 'signal'
  | 'truncated'
  | 'error'
  | 'artifacts'
  | 'redactions'
  | 'usage'
  | 'sandboxStartMs'
  | 'costUsd'
  | 'finishedAt'
>;

/** What a run that was cancelled had done until then. */
export interface CancelledRun extends Pick<Execution, 'truncated' | 'redactions'> {
  usage: Usage;
  sandboxStartMs: number;
  costUsd: number;
  output: Output;
}

export type Claim =
  | {
      kind: 'claimed';
      execution: Execution;
      program: Program;
      artifacts: string[];
      redaction: RedactionPolicy;
      sealedSecrets: Uint8Array | null;
    }
  /** Another attempt holds the lease until then. */
  | { kind: 'held'; until: Date }
  /** Another attempt holds a lease that seems to have run out. */
  | { kind: 'lapsed'; execution: Execution }
  /** Nothing is left to do. */
  | { kind: 'over' }
  /** It was handed over to another lane, which may not have been told. */
  | { kind: 'moved'; execution: Execution }
  /** No attempt is left. */
  | { kind: 'exhausted'; execution: Execution }
  /** There is no such execution. */
  | { kind: 'unknown' };

/** What else an admission writes. */
export interface AdmissionExtras {
  /** Kept apart from the program, and only until the execution is terminal. */
  sealedSecrets?: Uint8Array;
  /** Of a request with an `Idempotency-Key`. */
  identity?: RequestIdentity;
  /** Of an end user whose first execution this is. */
  userQuota?: Quota;
}

/** The request's key was used before. */
export interface EarlierRequest {
  kind: 'earlier_request';
  executionId: string;
  /** Whether it had the same content. */
  isSame: boolean;
}

/**
 * Executions with their programs, outputs and reservations. Every write is one atomic request, conditional on
 * the status and, once claimed, on the attempt: a stale attempt's write changes nothing and answers false.
 */
export interface ExecutionStore {
  /**
   * Reserves quota, of its tenant and of its end user, and creates the execution, both or neither. Answers why not, or
   * null when admitted. Of requests under one key, however they race, one is admitted.
   */
  admit(
    execution: Execution,
    order: Order,
    extras?: AdmissionExtras,
  ): Promise<QuotaRefusal | EarlierRequest | null>;

  /** The request that was admitted under the same key. Strongly consistent. */
  findEarlierRequest(identity: RequestIdentity): Promise<EarlierRequest | null>;

  /**
   * Takes back an admission that could not be enqueued: the execution never was, the reservation is released and its
   * key is free. False: an executor has it already, so the message did get through.
   */
  withdraw(execution: Execution, identity?: RequestIdentity): Promise<boolean>;

  /**
   * With its output, of which both texts are empty until the execution is over. Strongly consistent. Null for an
   * unknown id and for another tenant's.
   */
  findWithOutput(tenant: string, id: string): Promise<{ execution: Execution; output: Output } | null>;

  /** Newest first; eventually consistent. `next` is the cursor of the following page, null at the end. */
  list(tenant: string, query: ListQuery): Promise<{ items: Execution[]; next: string | null }>;

  /** Starts the next attempt of an execution that is `queued` in this lane. */
  claim(id: string, lane: LaneName, now: Date): Promise<Claim>;

  /** Prolongs the lease of the claimed attempt, from now. False: the attempt is stale. */
  renew(claimed: Execution, now: Date): Promise<boolean>;

  /**
   * Ends the running attempt of an execution whose lease is still the very one that was read: to be tried again, its
   * reservation kept, or over and released. False: it was renewed, or ended, in the meantime.
   */
  endLost(seen: Execution, to: 'queued' | 'failed' | 'cancelled', now: Date): Promise<boolean>;

  /** Stores the result of the claimed attempt and settles its reservation. False: the attempt is stale. */
  complete(claimed: Execution, completion: Completion, output: Output): Promise<boolean>;

  /** Puts the claimed attempt's execution back in the queue after a failure of ours. False: stale. */
  requeue(claimed: Execution, failure: Failure): Promise<boolean>;

  /**
   * Puts the claimed attempt's execution in another lane, queued, its reservation kept; the lane is still to be
   * told. False: stale.
   */
  handOver(claimed: Execution, to: LaneName, failure: Failure): Promise<boolean>;

  /** Ends an execution that is still in the given state as `failed` and releases its reservation. False: stale. */
  fail(execution: Execution, failure: Failure, now: Date): Promise<boolean>;

  /**
   * Ends an execution that is still in the given state as `cancelled`. `run` is charged as a completed run is; without
   * one the reservation is released. False: stale.
   */
  cancel(execution: Execution, now: Date, run: CancelledRun | null): Promise<boolean>;

  /** Asks whoever runs the execution to end it, now or at its next attempt. Idempotent. */
  requestCancel(execution: Execution): Promise<void>;

  /** Strongly consistent. */
  isCancelRequested(id: string): Promise<boolean>;

  /** Whatever tenant it belongs to, for the service's own consumers. Strongly consistent. */
  load(id: string): Promise<Execution | null>;
}
