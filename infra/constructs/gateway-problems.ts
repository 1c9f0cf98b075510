import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { errorTable, problemMediaType, problemType } from '../../shared/contract/problem.ts';
import type { ErrorCode } from '../../shared/domain/cordon-error.ts';

interface GatewayProblem {
  id: string;
  type: ResponseType;
  code: ErrorCode;
  /** A JSON text: a quoted string, or a variable of API Gateway that expands to one. */
  detail: string;
  headers?: Record<string, string>;
}

const retrySoon = { 'Retry-After': "'1'" };
const unauthenticated = {
  code: 'unauthenticated',
  detail: '"Send an API key: Authorization: Bearer cordon_<id>_<secret>."',
  headers: { 'WWW-Authenticate': "'Bearer'" },
} as const;

/** What API Gateway answers by itself, in the same problem documents as the functions. */
const gatewayProblems: GatewayProblem[] = [
  { id: 'unauthorized', type: ResponseType.UNAUTHORIZED, ...unauthenticated },
  {
    id: 'access-denied',
    type: ResponseType.ACCESS_DENIED,
    code: 'forbidden',
    detail: '"The API key does not allow this."',
  },
  // This is API Gateway's name for a route or method that doesn't exist.
  {
    id: 'unknown-route',
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    code: 'not_found',
    detail: '"There is no such route."',
  },
  {
    id: 'not-found',
    type: ResponseType.RESOURCE_NOT_FOUND,
    code: 'not_found',
    detail: '"There is no such route."',
  },
  {
    id: 'bad-body',
    type: ResponseType.BAD_REQUEST_BODY,
    code: 'invalid_request',
    detail: '"The body must be a JSON object."',
  },
  {
    id: 'bad-parameters',
    type: ResponseType.BAD_REQUEST_PARAMETERS,
    code: 'invalid_request',
    detail: '$context.error.messageString',
  },
  {
    id: 'too-large',
    type: ResponseType.REQUEST_TOO_LARGE,
    code: 'payload_too_large',
    detail: '"The request body is too large."',
  },
  {
    id: 'throttled',
    type: ResponseType.THROTTLED,
    code: 'throttled',
    detail: '"Too many requests at once."',
    headers: retrySoon,
  },
  {
    id: 'quota',
    type: ResponseType.QUOTA_EXCEEDED,
    code: 'throttled',
    detail: '"Too many requests."',
    headers: retrySoon,
  },
  {
    id: 'default-4xx',
    type: ResponseType.DEFAULT_4XX,
    code: 'invalid_request',
    detail: '$context.error.messageString',
  },
  {
    id: 'default-5xx',
    type: ResponseType.DEFAULT_5XX,
    code: 'internal',
    detail: '"The request failed; it is safe to send it again."',
    headers: retrySoon,
  },
];

/** Adds one gateway response per problem; the error table gives status and title. */
export function addGatewayProblems(api: RestApi): void {
  for (const { id, type, code, detail, headers = {} } of gatewayProblems) {
    const { status, title } = errorTable[code];
    api.addGatewayResponse(id, {
      type,
      statusCode: String(status),
      responseHeaders: {
        'Content-Type': `'${problemMediaType}'`,
        'X-Request-Id': 'context.requestId',
        ...headers,
      },
      templates: {
        'application/json': `{"type":"${problemType(code)}","title":"${title}","status":${status},"detail":${detail},"code":"${code}","requestId":"$context.requestId"}`,
      },
    });
  }
}
