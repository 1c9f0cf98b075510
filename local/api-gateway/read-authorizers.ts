import type { Stack } from '../template/load-stack.ts';
import type { Resource } from '../template/template.ts';
import type { ReportProblem } from '../template/template-error.ts';
import { functionIn } from './read-integration.ts';

export interface AuthorizerConfig {
  readonly id: string;
  readonly type: 'REQUEST' | 'TOKEN';
  readonly functionName: string;
  /** Places in the request, e.g. `method.request.header.Authorization`. */
  readonly identitySources: readonly string[];
  readonly tokenPattern: RegExp | undefined;
  readonly cacheMs: number;
}

/** Authorizers by the id that methods refer to. */
export function readAuthorizers(stack: Stack, report: ReportProblem): Map<string, AuthorizerConfig> {
  const authorizers = new Map<string, AuthorizerConfig>();
  for (const resource of stack.ofType('AWS::ApiGateway::Authorizer')) {
    const { properties } = resource;
    const functionName = functionIn(String(properties.AuthorizerUri));
    if (functionName === undefined) report(resource, 'AuthorizerUri', 'names no function');
    const identitySources = String(properties.IdentitySource ?? '')
      .split(',')
      .map((source) => source.trim())
      .filter((source) => source !== '');
    for (const source of identitySources) {
      if (/^method\.request\.(header|querystring)\.|^stageVariables\./.test(source)) continue;
      report(
        resource,
        'IdentitySource',
        `${source} isn't supported; supported: headers, query strings, stage variables`,
      );
    }
    const id = stack.namesOf(resource.logicalId).ref;
    authorizers.set(id, {
      id,
      type: properties.Type === 'TOKEN' ? 'TOKEN' : 'REQUEST',
      functionName: functionName ?? '',
      identitySources,
      tokenPattern: tokenPatternOf(resource, report),
      cacheMs: Number(properties.AuthorizerResultTtlInSeconds ?? 300) * 1000,
    });
  }
  return authorizers;
}

function tokenPatternOf(resource: Resource, report: ReportProblem): RegExp | undefined {
  const pattern = resource.properties.IdentityValidationExpression;
  if (typeof pattern !== 'string') return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch (error) {
    report(resource, 'IdentityValidationExpression', String(error));
    return undefined;
  }
}
