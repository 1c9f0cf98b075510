/** What API Gateway answers by itself (AWS: "Gateway response types"): status, message, x-amzn-ErrorType. */
const TYPES = {
  ACCESS_DENIED: [403, 'User is not authorized to access this resource', 'AccessDeniedException'],
  API_CONFIGURATION_ERROR: [500, 'Internal server error', 'InternalServerErrorException'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, null, 'AuthorizerConfigurationException'],
  AUTHORIZER_FAILURE: [500, null, 'AuthorizerConfigurationException'],
  BAD_REQUEST_BODY: [400, 'Invalid request body', 'BadRequestException'],
  BAD_REQUEST_PARAMETERS: [400, 'Missing required request parameters', 'BadRequestException'],
  DEFAULT_4XX: [400, 'Bad Request', 'BadRequestException'],
  /** The type for a function that failed or answered something malformed: it has none of its own. */
  DEFAULT_5XX: [502, 'Internal server error', 'InternalServerErrorException'],
  INTEGRATION_FAILURE: [504, 'Internal server error', 'InternalServerErrorException'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out', 'InternalServerErrorException'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token', 'MissingAuthenticationTokenException'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long', 'RequestTooLargeException'],
  THROTTLED: [429, 'Too Many Requests', 'TooManyRequestsException'],
  UNAUTHORIZED: [401, 'Unauthorized', 'UnauthorizedException'],
} as const satisfies Record<string, readonly [number, string | null, string]>;

export type GatewayResponseType = keyof typeof TYPES;

/** Types that a template may customise although nothing here ever gives them. */
const NEVER_GIVEN = [
  'EXPIRED_TOKEN',
  'INVALID_API_KEY',
  'INVALID_SIGNATURE',
  'QUOTA_EXCEEDED',
  'RESOURCE_NOT_FOUND',
  'UNSUPPORTED_MEDIA_TYPE',
  'WAF_FILTERED',
];

/** A template's AWS::ApiGateway::GatewayResponse. */
export interface GatewayResponseOverride {
  readonly statusCode: number | undefined;
  /** By media type. */
  readonly templates: Readonly<Record<string, string>>;
  /** A quoted constant, or a variable such as `context.requestId`, by header name. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface GatewayRefusal {
  readonly type: GatewayResponseType;
  readonly message?: string;
  readonly validationError?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

interface TemplateInput {
  readonly type: GatewayResponseType;
  readonly message: string | null;
  readonly validationError: string;
  readonly context: Readonly<Record<string, string>>;
}

/** Every variable that a gateway response may use here; any other one is refused at start. */
const VARIABLES: Readonly<Record<string, (input: TemplateInput) => string>> = {
  'context.error.messageString': ({ message }) => JSON.stringify(message),
  'context.error.message': ({ message }) => String(message),
  'context.error.validationErrorString': ({ validationError }) => validationError,
  'context.error.responseType': ({ type }) => type,
  ...Object.fromEntries(
    [
      'requestId',
      'extendedRequestId',
      'httpMethod',
      'path',
      'resourcePath',
      'stage',
      'apiId',
      'requestTime',
      'requestTimeEpoch',
      'domainName',
      'protocol',
      'identity.sourceIp',
    ].map((name) => [`context.${name}`, ({ context }: TemplateInput) => context[name] ?? '']),
  ),
};

const DEFAULT_TEMPLATES = { 'application/json': '{"message":$context.error.messageString}' };
const REFERENCE = /\$(?:\{([\w.]+)\}|([a-zA-Z][\w.]*))/g;

/** Builds the answer for a refusal, as the template customises it. */
export function presentRefusal(
  { type, message, validationError = '' }: GatewayRefusal,
  overrides: ReadonlyMap<string, GatewayResponseOverride>,
  accept: string,
  context: Readonly<Record<string, string>>,
): HttpAnswer {
  const [status, defaultMessage, errorType] = TYPES[type];
  const own = overrides.get(type);
  const general = overrides.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const override = own ?? general;
  const templates =
    override && Object.keys(override.templates).length > 0 ? override.templates : DEFAULT_TEMPLATES;
  const [mediaType, template] = chooseTemplate(templates, accept);
  const input = { type, message: message ?? defaultMessage, validationError, context };
  return {
    status: override?.statusCode ?? status,
    headers: {
      'content-type': mediaType,
      'x-amzn-errortype': errorType,
      ...headersOf(override?.headers ?? {}, input),
    },
    body: fill(template, input),
  };
}

/** What is wrong with a customised response, in words; nothing when it can be honoured. */
export function problemsOfGatewayResponse(
  type: string,
  templates: Readonly<Record<string, string>>,
  parameters: Readonly<Record<string, string>>,
): { property: string; message: string }[] {
  const problems: { property: string; message: string }[] = [];
  if (!(type in TYPES) && !NEVER_GIVEN.includes(type)) {
    problems.push({ property: 'ResponseType', message: `${type} is no gateway response type` });
  }
  for (const [mediaType, template] of Object.entries(templates)) {
    const property = `ResponseTemplates.${mediaType}`;
    if (/^\s*#/m.test(template)) {
      problems.push({ property, message: "directives (#…) aren't supported" });
    }
    for (const [reference, braced, plain] of template.matchAll(REFERENCE)) {
      if ((braced ?? plain ?? '').replace(/\.$/, '') in VARIABLES) continue;
      const supported = Object.keys(VARIABLES).map((name) => `$${name}`);
      problems.push({
        property,
        message: `${reference} isn't supported; supported: ${supported.join(', ')}`,
      });
    }
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (/^gatewayresponse\.header\.[\w-]+$/.test(name) && (CONSTANT.test(value) || value in VARIABLES))
      continue;
    const message = `must be gatewayresponse.header.<name> with a quoted constant ('x') or one of ${Object.keys(VARIABLES).join(', ')}`;
    problems.push({ property: `ResponseParameters.${name}`, message });
  }
  return problems;
}

/** `'x'` in mapping expressions is the constant x. */
export const CONSTANT = /^'[^']*'$/;
export const constantOf = (expression: string): string => expression.slice(1, -1);

function headersOf(
  expressions: Readonly<Record<string, string>>,
  input: TemplateInput,
): Record<string, string> {
  const values = Object.entries(expressions).map(([name, expression]) => [
    name,
    CONSTANT.test(expression) ? constantOf(expression) : (VARIABLES[expression]?.(input) ?? ''),
  ]);
  return Object.fromEntries(values);
}

function chooseTemplate(templates: Readonly<Record<string, string>>, accept: string): [string, string] {
  const accepted = accept.split(',').map((part) => part.split(';')[0]?.trim() ?? '');
  const mediaType =
    accepted.find((type) => type in templates) ??
    ('application/json' in templates ? 'application/json' : (Object.keys(templates)[0] ?? ''));
  return [mediaType, templates[mediaType] ?? ''];
}

function fill(template: string, input: TemplateInput): string {
  return template.replace(REFERENCE, (reference, braced?: string, plain?: string) => {
    const name = (braced ?? plain ?? '').replace(/\.$/, '');
    const rest = (plain ?? '').endsWith('.') ? '.' : '';
    const value = VARIABLES[name]?.(input);
    if (value === undefined) return reference;
    // All but messageString stand inside quotes of the template.
    return (name === 'context.error.messageString' ? value : JSON.stringify(value).slice(1, -1)) + rest;
  });
}
