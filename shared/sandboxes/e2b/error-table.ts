import type { FailureCode } from '../../domain/execution.ts';
import { BackendError } from '../../ports/sandbox-backend.ts';
import { symptomOf } from './read-symptom.ts';
import { ApiRefusal, type Symptom } from './wire-fault.ts';

/** How far a job had come. */
export const stages = ['create', 'prepare', 'starting', 'run', 'collect'] as const;
export type Stage = (typeof stages)[number];

export interface Classification {
  stage: Stage;
  symptom: Symptom;
  failure: FailureCode;
  beforeStart: boolean;
  retryAfterSeconds: number | null;
  /** For the tenant: nothing about our accounts or machines. */
  message: string;
  /** For the operator: what happened, and what to do when it is theirs to do. */
  log: { level: 'warn' | 'error'; message: string };
}

interface StageRow {
  does: string;
  failure: FailureCode;
  beforeStart: boolean;
  message: string;
}

/**
 * Until the start event has come, another lane may take the execution: a start that was lost on its way may have
 * begun it, but in a sandbox without network that is being ended, whose output nobody ever sees.
 *
 *   create ──> prepare ──────────> starting ───────────> run ─────────> collect
 *   sandbox    upload, start of    the runner has        the program's  its files
 *              the runner          started               first instruction
 *   |-------- another lane may take the execution --|?|--------- nobody runs it again by itself -------|
 */
const stageRows: Record<Stage, StageRow> = {
  create: {
    does: 'creating a sandbox',
    failure: 'backend_unavailable',
    beforeStart: true,
    message: 'No sandbox could be created.',
  },
  prepare: {
    does: 'preparing a sandbox',
    failure: 'backend_unavailable',
    beforeStart: true,
    message: 'The sandbox could not be prepared.',
  },
  starting: {
    does: 'starting the program',
    failure: 'sandbox_lost',
    beforeStart: false,
    message: 'The sandbox was lost while the program started.',
  },
  run: {
    does: 'running the program',
    failure: 'sandbox_lost',
    beforeStart: false,
    message: 'The sandbox was lost while the program ran.',
  },
  collect: {
    does: 'reading the artifacts',
    failure: 'sandbox_lost',
    beforeStart: false,
    message: 'The sandbox was lost before the artifacts were read.',
  },
};

/** The runner speaks before it starts the program: what it says, or its orderly end, proves that it did not. */
const provesNotStarted: readonly Symptom[] = ['garbage', 'oversize', 'no_report'];
/** The sandbox itself went wrong, not the way to it: the same backend may do better with another one. */
const sandboxAtFault: readonly Symptom[] = [...provesNotStarted, 'gone', 'no_space', 'not_found'];

const symptomRows: Record<Symptom, { level: 'warn' | 'error'; text: string }> = {
  bad_request: {
    level: 'error',
    text: 'the request was refused as malformed: is the e2b package newer or older than the service?',
  },
  unauthorized: { level: 'error', text: 'the API key was refused: check that it is right and not revoked' },
  forbidden: { level: 'error', text: 'the API key may not do this: check its team, plan and billing' },
  not_found: { level: 'error', text: 'there is no such thing: check the name of the template' },
  conflict: { level: 'warn', text: 'the service has a conflicting change in progress' },
  too_many: { level: 'warn', text: 'the rate or the number of sandboxes is at its limit' },
  server_error: { level: 'warn', text: 'the service failed' },
  no_space: { level: 'warn', text: 'the disk of the sandbox is full' },
  not_the_api: {
    level: 'error',
    text: 'the answer is not of this API: check the address, and for a proxy on the way',
  },
  refused: { level: 'error', text: 'nothing can be reached at the address: is it right, is the service up?' },
  reset: { level: 'warn', text: 'the connection was cut' },
  silent: { level: 'warn', text: 'no answer in time' },
  gone: { level: 'warn', text: 'the sandbox is gone, or refuses requests' },
  garbage: {
    level: 'error',
    text: 'what the runner says makes no sense: is it broken, or not ours any more?',
  },
  oversize: { level: 'error', text: 'the runner says more than any program can make it say' },
  no_report: { level: 'error', text: 'the runner ended without a report: does the template have python3?' },
  unknown: { level: 'error', text: 'an error that the table does not know' },
};

/** Turns whatever failed at a stage into what the executor and the operator need to know. Total. */
export function classify(backend: string, stage: Stage, error: unknown): Classification {
  const symptom = symptomOf(error);
  const row = stageRows[stage];
  const { level, text } = symptomRows[symptom];
  const isRefusal = error instanceof ApiRefusal;
  const said = isRefusal ? ` (it said: ${error.message})` : '';
  return {
    stage,
    symptom,
    failure: stage === 'prepare' && sandboxAtFault.includes(symptom) ? 'sandbox_lost' : row.failure,
    beforeStart: row.beforeStart || (stage === 'starting' && provesNotStarted.includes(symptom)),
    retryAfterSeconds: isRefusal ? error.retryAfterSeconds : null,
    message: stage === 'create' && symptom === 'too_many' ? 'All sandboxes are busy.' : row.message,
    log: { level, message: `${backend}: ${row.does}: ${text}${said}` },
  };
}

export function toBackendError(classification: Classification, cause: unknown): BackendError {
  const { failure, message, beforeStart, retryAfterSeconds } = classification;
  return new BackendError(failure, message, { beforeStart, retryAfterSeconds, cause });
}
