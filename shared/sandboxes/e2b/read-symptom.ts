import {
  AuthenticationError,
  InvalidArgumentError,
  NotEnoughSpaceError,
  NotFoundError,
  RateLimitError,
  SandboxError,
  SandboxNotFoundError,
  ServiceBusyError,
  TimeoutError,
} from 'e2b';
import { ApiRefusal, type Symptom, WireFault } from './wire-fault.ts';
import { StepTimeout } from './within.ts';

/**
 * What an error of ours, of the SDK or of fetch says about the wire. The SDK's classes are lossy: of a sandbox,
 * 429, 502, 503 and 504 all read "sandbox not found", and a reset stream is an error with a number for a name.
 */
export function symptomOf(error: unknown): Symptom {
  if (error instanceof WireFault) return error.symptom;
  if (error instanceof ApiRefusal) return symptomOfStatus(error.status);
  if (error instanceof StepTimeout) return 'silent';
  if (error instanceof AuthenticationError) return 'unauthorized';
  if (error instanceof ServiceBusyError) return 'server_error';
  if (error instanceof RateLimitError) return 'too_many';
  if (error instanceof NotEnoughSpaceError) return 'no_space';
  if (error instanceof InvalidArgumentError) return 'bad_request';
  if (error instanceof SandboxNotFoundError || error instanceof TimeoutError) return 'gone';
  if (error instanceof NotFoundError) return 'not_found';
  if (error instanceof SandboxError) return symptomOfSandboxError(error);
  if (error instanceof SyntaxError) return 'not_the_api';
  if (error instanceof DOMException) return 'silent';
  return symptomOfTransport(error);
}

const statusSymptoms: Record<number, Symptom> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  429: 'too_many',
  502: 'server_error',
  507: 'no_space',
};

function symptomOfStatus(status: number): Symptom {
  return statusSymptoms[status] ?? (status >= 500 ? 'server_error' : 'bad_request');
}

/** The message starts with the HTTP status (files), or with the number of a Connect code (processes). */
function symptomOfSandboxError({ message }: SandboxError): Symptom {
  const number = Number(/^(\d{1,3}): /.exec(message)?.[1]);
  if (number >= 400) return symptomOfStatus(number);
  return /terminated|network|socket|missing EndStream/i.test(message) ? 'reset' : 'unknown';
}

const transportSymptoms: Record<string, Symptom> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ENOTFOUND: 'refused',
  EAI_AGAIN: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_CONNECT_TIMEOUT: 'silent',
  UND_ERR_HEADERS_TIMEOUT: 'silent',
  UND_ERR_BODY_TIMEOUT: 'silent',
};

/** fetch says "fetch failed", and its cause why. */
function symptomOfTransport(error: unknown): Symptom {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = causeOf(cause)) {
    const symptom = 'code' in cause ? transportSymptoms[String(cause.code)] : undefined;
    if (symptom !== undefined) return symptom;
  }
  return 'unknown';
}

function causeOf(error: object): unknown {
  return 'cause' in error ? error.cause : null;
}
