import type { ErrorCode } from '../../../shared/domain/cordon-error.ts';

/** A request that a service must refuse, and the problem it must answer with. */
export interface BadInput {
  /** Completes "refuses …". */
  name: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** Whose key authenticates the request; `execute` when left out. */
  as?: KeyKind;
  /** The whole `Authorization` header in place of the valid one; null sends none. */
  authorization?: string | null | ((validKey: string) => string);
  /** Beside the default `Content-Type: application/json` of requests with a body; null removes one. */
  headers?: Record<string, string | null>;
  body?: string | Buffer;
  expected: {
    status: number;
    code: ErrorCode;
    /** Matches the problem's `detail`. */
    detail?: RegExp;
    /** One of the problem's `errors` has this pointer. */
    pointer?: string;
  };
}

/** A request that looks odd but is within the contract. */
export interface OddInput extends Omit<BadInput, 'expected'> {
  expected: { status: number };
}

export type KeyKind = 'execute' | 'admin';

/** The smallest program that is accepted. */
export const validBody = { language: 'python', source: 'print(1)' };

/** A `POST /v1/executions` of the valid body with some members replaced. */
export function submission(members: object, path = '/v1/executions') {
  return { method: 'POST' as const, path, body: JSON.stringify({ ...validBody, ...members }) };
}

/** A `POST /v1/executions` of a body as it stands. */
export function rawSubmission(body: string | Buffer) {
  return { method: 'POST' as const, path: '/v1/executions', body };
}

export function invalid(pointer?: string, detail?: RegExp): BadInput['expected'] {
  return {
    status: 400,
    code: 'invalid_request',
    ...(pointer !== undefined && { pointer }),
    ...(detail && { detail }),
  };
}

export function tooLarge(pointer?: string): BadInput['expected'] {
  return { status: 413, code: 'payload_too_large', ...(pointer !== undefined && { pointer }) };
}

export const notFound: BadInput['expected'] = { status: 404, code: 'not_found' };
export const unauthenticated: BadInput['expected'] = { status: 401, code: 'unauthenticated' };
export const forbidden: BadInput['expected'] = { status: 403, code: 'forbidden' };

export function unavailable(detail: RegExp): BadInput['expected'] {
  return { status: 503, code: 'backend_unavailable', detail };
}
