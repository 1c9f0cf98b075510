import type { Stack } from '../template/load-stack.ts';
import type { Resource } from '../template/template.ts';
import type { ReportProblem } from '../template/template-error.ts';
import { type GatewayResponseOverride, problemsOfGatewayResponse } from './gateway-response.ts';
import { type ApiMethod, methodReader } from './read-method.ts';
import { parseSegments, type Route } from './routes.ts';

/** A REST API with everything that deciding about a request needs. */
export interface RestApi {
  readonly id: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>> | null;
  readonly binaryMediaTypes: readonly string[];
  readonly routes: readonly Route<ApiMethod>[];
  readonly gatewayResponses: ReadonlyMap<string, GatewayResponseOverride>;
}

type Texts = Readonly<Record<string, string>>;

/** Reads the API of a stack, nothing when it has none; reports what can't be honoured. */
export function readRestApi(stack: Stack, report: ReportProblem): RestApi | undefined {
  const [api, second] = stack.ofType('AWS::ApiGateway::RestApi');
  if (api === undefined) return undefined;
  if (second !== undefined) report(second, '', 'one REST API is served, this is a second one');
  const stages = stack.ofType('AWS::ApiGateway::Stage');
  const [stage] = stages;
  if (stage === undefined || stages.length > 1) report(api, '', 'needs exactly one AWS::ApiGateway::Stage');

  return {
    id: stack.namesOf(api.logicalId).ref,
    stage: String(stage?.properties.StageName ?? 'local'),
    stageVariables: (stage?.properties.Variables ?? null) as Texts | null,
    binaryMediaTypes: (api.properties.BinaryMediaTypes ?? []) as string[],
    routes: readRoutes(stack, stage, report),
    gatewayResponses: readGatewayResponses(stack, report),
  };
}

/** The functions that an answer waits for, each named as the template does. */
export function functionsOf({ routes }: RestApi): string[] {
  const methods = routes.flatMap((route) => [...route.methods.values()]);
  const names = methods.flatMap(({ integration, authorizer }) => [
    ...(integration.kind === 'function' ? [integration.functionName] : []),
    ...(authorizer === undefined ? [] : [authorizer.functionName]),
  ]);
  return [...new Set(names)];
}

function readRoutes(stack: Stack, stage: Resource | undefined, report: ReportProblem): Route<ApiMethod>[] {
  const paths = readPaths(stack);
  const readMethod = methodReader(stack, stage, report);
  const methods = new Map<string, Map<string, ApiMethod>>();
  for (const method of stack.ofType('AWS::ApiGateway::Method')) {
    const path = paths.get(String(method.properties.ResourceId)) ?? '/';
    const byMethod = methods.get(path) ?? new Map<string, ApiMethod>();
    byMethod.set(String(method.properties.HttpMethod), readMethod(method, path));
    methods.set(path, byMethod);
  }
  return [...new Set(['/', ...paths.values()])].map((resourcePath) => ({
    resourcePath,
    segments: parseSegments(resourcePath),
    methods: methods.get(resourcePath) ?? new Map(),
  }));
}

/** Resource paths by resource id. */
function readPaths(stack: Stack): Map<string, string> {
  const resources = new Map(
    stack
      .ofType('AWS::ApiGateway::Resource')
      .map(({ logicalId, properties }) => [stack.namesOf(logicalId).ref, properties]),
  );
  const pathOf = (id: string): string => {
    const properties = resources.get(id);
    return properties ? `${pathOf(String(properties.ParentId))}/${String(properties.PathPart)}` : '';
  };
  return new Map([...resources.keys()].map((id) => [id, pathOf(id)]));
}

function readGatewayResponses(stack: Stack, report: ReportProblem): Map<string, GatewayResponseOverride> {
  const overrides = new Map<string, GatewayResponseOverride>();
  for (const resource of stack.ofType('AWS::ApiGateway::GatewayResponse')) {
    const { ResponseType, StatusCode, ResponseTemplates = {}, ResponseParameters = {} } = resource.properties;
    const templates = ResponseTemplates as Texts;
    const parameters = ResponseParameters as Texts;
    for (const { property, message } of problemsOfGatewayResponse(
      String(ResponseType),
      templates,
      parameters,
    )) {
      report(resource, property, message);
    }
    const headers = Object.entries(parameters).map(([name, value]) => [
      name.replace('gatewayresponse.header.', '').toLowerCase(),
      value,
    ]);
    overrides.set(String(ResponseType), {
      statusCode: StatusCode === undefined ? undefined : Number(StatusCode),
      templates,
      headers: Object.fromEntries(headers),
    });
  }
  return overrides;
}
