/** What can go wrong between us and a sandbox, one word each. */
export const symptoms = [
  'bad_request',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'too_many',
  'server_error',
  'no_space',
  'not_the_api',
  'refused',
  'reset',
  'silent',
  'gone',
  'garbage',
  'oversize',
  'no_report',
  'unknown',
] as const;
export type Symptom = (typeof symptoms)[number];

/** What we noticed ourselves. The message never holds anything that a sandbox said. */
export class WireFault extends Error {
  override readonly name = 'WireFault';
  readonly symptom: Symptom;

  constructor(symptom: Symptom, message: string) {
    super(message);
    this.symptom = symptom;
  }
}

/** How much of an answer goes into the log. */
const maxSaidLength = 200;
/** A server that wants more than an hour is not waited for: its execution goes elsewhere anyway. */
const maxRetryAfterSeconds = 3_600;

/** The control API answered, and not with what was asked for. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  readonly retryAfterSeconds: number | null;

  constructor(status: number, said: string, retryAfterSeconds: number | null) {
    super(`${status} ${said.replaceAll(/\s+/g, ' ').slice(0, maxSaidLength)}`.trim());
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The server's words are kept for the log, without the key should it repeat it. */
  static of(response: Response, body: unknown, apiKey: string): ApiRefusal {
    const isProblem = typeof body === 'object' && body !== null && 'message' in body;
    const said = isProblem ? String(body.message) : typeof body === 'string' ? body : '';
    const retryAfterSeconds = parseRetryAfter(response.headers.get('retry-after'));
    return new ApiRefusal(response.status, said.replaceAll(apiKey, '…'), retryAfterSeconds);
  }
}

/** Seconds of a `Retry-After` header (RFC 9110, 10.2.3); null for none, for a date, and for nonsense. */
function parseRetryAfter(value: string | null): number | null {
  if (value === null || !/^\d{1,9}$/.test(value.trim())) return null;
  return Math.min(maxRetryAfterSeconds, Number(value));
}
