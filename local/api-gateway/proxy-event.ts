import { LOCAL_ACCOUNT } from '../template/resource-names.ts';
import type { ApiRequest } from './api-request.ts';
import type { ApiMethod } from './read-method.ts';
import type { RestApi } from './rest-api.ts';
import type { RouteMatch } from './routes.ts';

/** What the authorizer said of the caller; every value is text in a proxy event. */
export type AuthorizerContext = Readonly<Record<string, string | number>>;

/** The event of a Lambda proxy integration of a REST API (payload format 1.0). */
export function proxyEvent(
  api: RestApi,
  match: RouteMatch<ApiMethod>,
  request: ApiRequest,
  body: Buffer,
  authorizer: AuthorizerContext | undefined,
): Record<string, unknown> {
  const binary = isBinary(api.binaryMediaTypes, request.header('content-type'));
  return {
    ...requestPart(api, match, request, authorizer),
    body: body.length === 0 ? null : body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary && body.length > 0,
  };
}

/** The event of a REQUEST authorizer. */
export function requestAuthorizerEvent(
  api: RestApi,
  match: RouteMatch<ApiMethod>,
  request: ApiRequest,
  methodArn: string,
): Record<string, unknown> {
  return { type: 'REQUEST', methodArn, ...requestPart(api, match, request, undefined) };
}

function requestPart(
  api: RestApi,
  { route, method, pathParameters }: RouteMatch<ApiMethod>,
  request: ApiRequest,
  authorizer: AuthorizerContext | undefined,
): Record<string, unknown> {
  return {
    resource: route.resourcePath,
    path: request.path,
    httpMethod: request.httpMethod,
    headers: lastValues(request.headers),
    multiValueHeaders: request.headers,
    queryStringParameters: lastValues(request.query),
    multiValueQueryStringParameters: emptyAsNull(request.query),
    pathParameters: emptyAsNull(pathParameters),
    stageVariables: api.stageVariables,
    requestContext: {
      resourceId: method.resourceId,
      resourcePath: route.resourcePath,
      httpMethod: request.httpMethod,
      extendedRequestId: request.extendedRequestId,
      requestTime: commonLogTime(request.receivedAtMs),
      path: request.path,
      accountId: LOCAL_ACCOUNT,
      protocol: request.protocol,
      stage: api.stage,
      domainPrefix: 'local',
      requestTimeEpoch: request.receivedAtMs,
      requestId: request.requestId,
      identity: { ...ANONYMOUS, sourceIp: request.sourceIp, userAgent: request.header('user-agent') ?? null },
      domainName: request.header('host') ?? '127.0.0.1',
      deploymentId: 'local',
      apiId: api.id,
      ...(authorizer === undefined ? {} : { authorizer }),
    },
  };
}

const ANONYMOUS = {
  cognitoIdentityPoolId: null,
  accountId: null,
  cognitoIdentityId: null,
  caller: null,
  principalOrgId: null,
  accessKey: null,
  cognitoAuthenticationType: null,
  cognitoAuthenticationProvider: null,
  userArn: null,
  user: null,
};

/** Whether a media type counts as binary: listed as itself, as `type/*`, or as `*​/*`. */
export function isBinary(binaryMediaTypes: readonly string[], mediaType: string | undefined): boolean {
  const plain = mediaType?.split(/[;,]/)[0]?.trim().toLowerCase() ?? '';
  const family = `${plain.split('/')[0]}/*`;
  return binaryMediaTypes.some((type) => type === '*/*' || type === plain || type === family);
}

function lastValues(values: Readonly<Record<string, readonly string[]>>): Record<string, string> | null {
  return emptyAsNull(
    Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? ''])),
  );
}

const emptyAsNull = <T extends object>(value: T): T | null =>
  Object.keys(value).length === 0 ? null : value;

/** `09/Apr/2015:12:34:56 +0000` */
function commonLogTime(epochMs: number): string {
  const [, day, month, year, time] = new Date(epochMs).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
