/** Every way a request can be refused or fail. HTTP statuses and titles: `contract/problem.ts`. */
export const errorCodes = [
  'invalid_request',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'payload_too_large',
  'syntax_error',
  'policy_denied',
  'quota_exceeded',
  'throttled',
  'internal',
  'maintenance',
  'backend_unavailable',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** The one base error. `message` and `details` are shown to the caller; `cause` never is. */
export class CordonError extends Error {
  override readonly name = 'CordonError';
  readonly code: ErrorCode;
  /** Further members of the problem document, such as `errors` or `retryAfterSeconds`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** Names a case that the types rule out; the compiler proves that it is never reached. */
export function unreachable(value: never): never {
  throw new Error(`unreachable case: ${String(value)}`);
}
