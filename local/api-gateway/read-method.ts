import type { ValidateFunction } from 'ajv';
import type { Stack } from '../template/load-stack.ts';
import type { Resource } from '../template/template.ts';
import type { ReportProblem } from '../template/template-error.ts';
import { throttlesOf } from './method-throttling.ts';
import { type AuthorizerConfig, readAuthorizers } from './read-authorizers.ts';
import { type Integration, type IntegrationProperties, readIntegration } from './read-integration.ts';
import { compileModel, type RequestRules } from './request-validation.ts';
import type { TokenBucket } from './token-bucket.ts';

export interface ApiMethod {
  readonly httpMethod: string;
  readonly resourceId: string;
  readonly authorizer: AuthorizerConfig | undefined;
  readonly integration: Integration;
  readonly rules: RequestRules;
  readonly throttle: TokenBucket | undefined;
}

type Texts = Readonly<Record<string, string>>;

interface MethodProperties {
  readonly HttpMethod: string;
  readonly ResourceId: string;
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: string;
  readonly RequestModels?: Texts;
  readonly RequestParameters?: Readonly<Record<string, boolean>>;
  readonly RequestValidatorId?: string;
  readonly Integration?: IntegrationProperties;
}

/** Reads methods of an API; what they share, such as authorizers, is read once. */
export function methodReader(
  stack: Stack,
  stage: Resource | undefined,
  report: ReportProblem,
): (resource: Resource, path: string) => ApiMethod {
  const authorizers = readAuthorizers(stack, report);
  const rulesOf = rulesReader(stack, report);
  const throttleOf = throttlesOf(stage);

  const authorizerOf = (resource: Resource, { AuthorizationType, AuthorizerId = '' }: MethodProperties) => {
    if (AuthorizationType !== 'CUSTOM') return undefined;
    const authorizer = authorizers.get(AuthorizerId);
    // Without this the method would be open to everybody.
    if (authorizer === undefined)
      report(resource, 'AuthorizerId', `${AuthorizerId} is no authorizer of this template`);
    return authorizer;
  };

  return (resource, path) => {
    const properties = resource.properties as unknown as MethodProperties;
    return {
      httpMethod: properties.HttpMethod,
      resourceId: properties.ResourceId,
      authorizer: authorizerOf(resource, properties),
      integration: readIntegration(resource, properties.Integration, report),
      rules: rulesOf(resource, properties),
      throttle: throttleOf(path, properties.HttpMethod),
    };
  };
}

function rulesReader(
  stack: Stack,
  report: ReportProblem,
): (resource: Resource, properties: MethodProperties) => RequestRules {
  const models = readModels(stack, report);
  const validators = readValidators(stack);
  return (resource, { RequestModels = {}, RequestParameters = {}, RequestValidatorId = '' }) => {
    const validator = validators.get(RequestValidatorId);
    const required = Object.entries(RequestParameters).filter(([, isRequired]) => isRequired);
    const bodies = Object.entries(RequestModels).flatMap(
      ([mediaType, model]): [string, ValidateFunction][] => {
        const validate = models.get(model);
        if (validate === undefined && model !== 'Empty') {
          report(resource, `RequestModels.${mediaType}`, `model ${model} isn't in the template`);
        }
        return validate === undefined ? [] : [[mediaType, validate]];
      },
    );
    return {
      requiredParameters: validator?.parameters ? required.map(([place]) => place) : [],
      bodies: new Map(validator?.body ? bodies : []),
    };
  };
}

/** Compiled models by the name that methods refer to. */
function readModels(stack: Stack, report: ReportProblem): Map<string, ValidateFunction> {
  const models = new Map<string, ValidateFunction>();
  for (const resource of stack.ofType('AWS::ApiGateway::Model')) {
    try {
      models.set(stack.namesOf(resource.logicalId).ref, compileModel(resource.properties.Schema));
    } catch (error) {
      report(resource, 'Schema', error instanceof Error ? error.message : String(error));
    }
  }
  return models;
}

function readValidators(stack: Stack): Map<string, { body: boolean; parameters: boolean }> {
  return new Map(
    stack.ofType('AWS::ApiGateway::RequestValidator').map(({ logicalId, properties }) => [
      stack.namesOf(logicalId).ref,
      {
        body: properties.ValidateRequestBody === true,
        parameters: properties.ValidateRequestParameters === true,
      },
    ]),
  );
}
