import type { Resource } from '../template/template.ts';
import type { ReportProblem } from '../template/template-error.ts';
import { CONSTANT, constantOf } from './gateway-response.ts';

export type Integration =
  | { readonly kind: 'function'; readonly functionName: string; readonly timeoutMs: number }
  | {
      readonly kind: 'mock';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };

type Texts = Readonly<Record<string, string>>;

export interface IntegrationProperties {
  readonly Type: string;
  readonly Uri?: string;
  readonly TimeoutInMillis?: number;
  readonly RequestTemplates?: Texts;
  readonly IntegrationResponses?: readonly {
    readonly StatusCode: string;
    readonly ResponseParameters?: Texts;
    readonly ResponseTemplates?: Texts;
  }[];
}

/** API Gateway's default and largest timeout for a regional API without a raised quota. */
const DEFAULT_TIMEOUT_MS = 29_000;

export function readIntegration(
  resource: Resource,
  properties: IntegrationProperties | undefined,
  report: ReportProblem,
): Integration {
  if (properties?.Type === 'AWS_PROXY') {
    const functionName = functionIn(properties.Uri ?? '');
    if (functionName === undefined)
      report(resource, 'Integration.Uri', `${properties.Uri} names no function`);
    return {
      kind: 'function',
      functionName: functionName ?? '',
      timeoutMs: properties.TimeoutInMillis ?? DEFAULT_TIMEOUT_MS,
    };
  }
  const template = properties?.RequestTemplates?.['application/json'] ?? '';
  const status = /^\s*\{\s*"?statusCode"?\s*:\s*"?(\d{3})"?\s*\}\s*$/.exec(template)?.[1];
  const [response] = properties?.IntegrationResponses ?? [];
  const headers = Object.entries(response?.ResponseParameters ?? {});
  const body = Object.values(response?.ResponseTemplates ?? {})[0] ?? '';
  const constant = headers.every(([, value]) => CONSTANT.test(value)) && !/[#$]/.test(body);
  if (status === undefined || !constant) {
    report(
      resource,
      'Integration',
      'a MOCK integration must have the request template {"statusCode":nnn} and constant answers',
    );
  }
  return {
    kind: 'mock',
    status: Number(response?.StatusCode ?? status),
    headers: Object.fromEntries(
      headers.map(([name, value]) => [name.replace('method.response.header.', ''), constantOf(value)]),
    ),
    body,
  };
}

/** The function in `arn:…:apigateway:…:lambda:path/2015-03-31/functions/<function ARN>/invocations`. */
export const functionIn = (uri: string): string | undefined =>
  /\/functions\/(.+)\/invocations$/.exec(uri)?.[1];
