import { LOCAL_ACCOUNT, LOCAL_REGION } from '../template/resource-names.ts';
import type { ApiRequest } from './api-request.ts';
import type { Authorizer } from './authorizer.ts';
import { type GatewayRefusal, type HttpAnswer, presentRefusal } from './gateway-response.ts';
import { type AuthorizerContext, proxyEvent, requestAuthorizerEvent } from './proxy-event.ts';
import { readProxyResponse } from './proxy-response.ts';
import type { ApiMethod } from './read-method.ts';
import { validateRequest } from './request-validation.ts';
import type { RestApi } from './rest-api.ts';
import { matchRoute, type RouteMatch } from './routes.ts';

/** How an integration's function ended, in the API's terms. */
export type IntegrationOutcome =
  | { readonly kind: 'answered'; readonly payload: string }
  | { readonly kind: 'failed' }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'unknown-function' };

export interface ApiDependencies {
  readonly api: RestApi;
  readonly authorize: Authorizer;
  readonly invoke: (functionName: string, payload: string, timeoutMs: number) => Promise<IntegrationOutcome>;
  readonly clock: () => number;
}

/** Lambda's limit for the event that a request becomes. */
const MAX_EVENT_BYTES = 6 * 1024 * 1024;

/**
 * One request through the stages of a REST API, in API Gateway's order: route, throttle, authorize, validate,
 * integrate. `readBody` is called only for a request that got that far; it gives nothing for a body too large.
 */
export async function handleRequest(
  dependencies: ApiDependencies,
  request: ApiRequest,
  readBody: () => Promise<Buffer | undefined>,
): Promise<HttpAnswer> {
  const { api } = dependencies;
  const match = matchRoute(api.routes, request.httpMethod, request.path);
  const answer = match
    ? await answerMatched(dependencies, match, request, readBody)
    : ({ type: 'MISSING_AUTHENTICATION_TOKEN' } as const);
  if (!('type' in answer)) return answer;
  const context = gatewayContext(api, request, match?.route.resourcePath ?? '');
  return presentRefusal(answer, api.gatewayResponses, request.header('accept') ?? '', context);
}

async function answerMatched(
  dependencies: ApiDependencies,
  match: RouteMatch<ApiMethod>,
  request: ApiRequest,
  readBody: () => Promise<Buffer | undefined>,
): Promise<HttpAnswer | GatewayRefusal> {
  const { api, clock } = dependencies;
  const { throttle, integration, rules } = match.method;
  if (throttle?.take(clock()) === false) return { type: 'THROTTLED' };
  const authorized = await authorize(dependencies, match, request);
  if ('type' in authorized) return authorized;

  const body = await readBody();
  if (body === undefined) return { type: 'REQUEST_TOO_LARGE' };
  const mediaType = (request.header('content-type') ?? '').split(';')[0]?.trim() ?? '';
  const invalid = validateRequest(rules, placesOf(api, match, request), mediaType, body.toString('utf8'));
  if (invalid !== undefined) return invalid;

  if (integration.kind === 'mock') {
    return { status: integration.status, headers: lowerCased(integration.headers), body: integration.body };
  }
  const event = JSON.stringify(proxyEvent(api, match, request, body, authorized.context));
  if (Buffer.byteLength(event) > MAX_EVENT_BYTES) return { type: 'REQUEST_TOO_LARGE' };
  const outcome = await dependencies.invoke(integration.functionName, event, integration.timeoutMs);
  switch (outcome.kind) {
    case 'answered':
      return (
        readProxyResponse(outcome.payload, api.binaryMediaTypes, request.header('accept')) ?? {
          type: 'DEFAULT_5XX',
        }
      );
    case 'failed':
      return { type: 'DEFAULT_5XX' };
    case 'timed-out':
      return { type: 'INTEGRATION_TIMEOUT' };
    case 'throttled':
    case 'unknown-function':
      return { type: 'API_CONFIGURATION_ERROR' };
    default:
      return outcome satisfies never;
  }
}

async function authorize(
  { api, authorize: decide }: ApiDependencies,
  match: RouteMatch<ApiMethod>,
  request: ApiRequest,
): Promise<{ context: AuthorizerContext | undefined } | GatewayRefusal> {
  const { authorizer } = match.method;
  if (authorizer === undefined) return { context: undefined };
  const path = request.path.replace(/^\//, '');
  const methodArn = `arn:aws:execute-api:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${api.id}/${api.stage}/${request.httpMethod}/${path}`;
  const authorization = await decide(authorizer, {
    methodArn,
    place: placesOf(api, match, request),
    event: () => requestAuthorizerEvent(api, match, request, methodArn),
  });
  return authorization.kind === 'granted' ? { context: authorization.context } : authorization.refusal;
}

/** Looks up what mapping expressions name, e.g. `method.request.header.Authorization`. */
function placesOf(
  api: RestApi,
  { pathParameters }: RouteMatch<ApiMethod>,
  request: ApiRequest,
): (place: string) => string | undefined {
  return (place) => {
    const [, kind, name] =
      /^(?:method\.request\.)?(header|querystring|path|stageVariables)\.(.+)$/.exec(place) ?? [];
    switch (kind) {
      case 'header':
        return request.header(name ?? '');
      case 'querystring':
        return request.query[name ?? '']?.at(-1);
      case 'path':
        return pathParameters[name ?? ''];
      case 'stageVariables':
        return api.stageVariables?.[name ?? ''];
      default:
        return undefined;
    }
  };
}

const gatewayContext = (api: RestApi, request: ApiRequest, resourcePath: string): Record<string, string> => ({
  requestId: request.requestId,
  extendedRequestId: request.extendedRequestId,
  httpMethod: request.httpMethod,
  path: request.path,
  resourcePath,
  stage: api.stage,
  apiId: api.id,
  requestTime: new Date(request.receivedAtMs).toUTCString(),
  requestTimeEpoch: String(request.receivedAtMs),
  domainName: request.header('host') ?? '',
  protocol: request.protocol,
  'identity.sourceIp': request.sourceIp,
});

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
