import type { ErrorObject, ValidateFunction } from 'ajv';
import AjvDraft04 from 'ajv-draft-04';
import type { GatewayRefusal } from './gateway-response.ts';

export interface RequestRules {
  /** Required places, e.g. `method.request.querystring.limit`; empty when parameters aren't validated. */
  readonly requiredParameters: readonly string[];
  /** Body validators by media type; empty when bodies aren't validated. */
  readonly bodies: ReadonlyMap<string, ValidateFunction>;
}

/** Compiles a model, which is JSON Schema draft 4; throws on a schema that can't be honoured. */
export function compileModel(schema: unknown): ValidateFunction {
  const ajv = new AjvDraft04.default({ allErrors: true, strict: false, validateFormats: false });
  return ajv.compile(schema as object);
}

/** Checks a request as API Gateway's request validator does: parameters first, then the body. */
export function validateRequest(
  rules: RequestRules,
  parameter: (place: string) => string | undefined,
  mediaType: string,
  body: string,
): GatewayRefusal | undefined {
  const missing = rules.requiredParameters.filter((place) => (parameter(place) ?? '') === '');
  if (missing.length > 0) {
    const names = missing.map((place) => place.split('.').pop()).join(', ');
    return { type: 'BAD_REQUEST_PARAMETERS', message: `Missing required request parameters: [${names}]` };
  }
  const validate = rules.bodies.get(mediaType || 'application/json') ?? rules.bodies.get('$default');
  if (validate === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { type: 'BAD_REQUEST_BODY', validationError: '[body is not valid JSON]' };
  }
  if (validate(value)) return undefined;
  const errors = (validate.errors ?? []).map(describe);
  return { type: 'BAD_REQUEST_BODY', validationError: `[${[...new Set(errors)].join(', ')}]` };
}

/** API Gateway's wording of the common errors; for the others the validator's own. */
function describe({ keyword, params, instancePath, message }: ErrorObject): string {
  const at = instancePath === '' ? '' : ` at "${instancePath}"`;
  switch (keyword) {
    case 'required':
      return `object has missing required properties (["${params.missingProperty}"])${at}`;
    case 'additionalProperties':
      return `object instance has properties which are not allowed by the schema: ["${params.additionalProperty}"]${at}`;
    case 'type':
      return `instance type does not match any allowed primitive type (allowed: ${JSON.stringify([params.type].flat())})${at}`;
    case 'enum':
      return `instance value not found in enum (possible values: ${JSON.stringify(params.allowedValues)})${at}`;
    default:
      return `${message ?? keyword}${at}`;
  }
}
