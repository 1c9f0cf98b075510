import * as z from 'zod';
import { CordonError, type ErrorCode, errorCodes } from '../domain/cordon-error.ts';
import { violationSchema } from '../domain/violation.ts';

interface ErrorEntry {
  status: number;
  title: string;
  /** Whether the same request can succeed later. */
  retryable: boolean;
}

/** The one table of errors: HTTP status, title and retryability of each code. */
export const errorTable = {
  invalid_request: { status: 400, title: 'The request is not valid', retryable: false },
  unauthenticated: { status: 401, title: 'A valid API key is required', retryable: false },
  forbidden: { status: 403, title: 'The API key does not allow this', retryable: false },
  not_found: { status: 404, title: 'There is no such resource', retryable: false },
  conflict: { status: 409, title: 'The request conflicts with an earlier one', retryable: false },
  payload_too_large: { status: 413, title: 'The request is too large', retryable: false },
  syntax_error: { status: 422, title: 'The program has a syntax error', retryable: false },
  policy_denied: { status: 422, title: 'The policy denies the program', retryable: false },
  quota_exceeded: { status: 429, title: 'The quota is used up', retryable: true },
  throttled: { status: 429, title: 'Too many requests', retryable: true },
  internal: { status: 500, title: 'Something went wrong on our side', retryable: true },
  maintenance: { status: 503, title: 'The service is in maintenance', retryable: true },
  backend_unavailable: { status: 503, title: 'No backend can run the program now', retryable: true },
} as const satisfies Record<ErrorCode, ErrorEntry>;

export const problemMediaType = 'application/problem+json';

/** RFC 9457 problem document; codes add members of their own (`errors`, …). */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(errorCodes),
  requestId: z.string(),
  /** Of `syntax_error` and `policy_denied`. */
  violations: z.array(violationSchema).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** The problem document for an error. Anything but a CordonError becomes `internal` without inner text. */
export function toProblem(error: unknown, requestId: string): Problem {
  const { code, message, details } =
    error instanceof CordonError
      ? error
      : new CordonError('internal', 'The request failed; it is safe to send it again.');
  const { status, title } = errorTable[code];
  return { type: problemType(code), title, status, detail: message, code, requestId, ...details };
}

/** A URN, so that the type is an identifier and promises no page. */
export function problemType(code: ErrorCode): string {
  return `urn:cordon:problem:${code}`;
}
