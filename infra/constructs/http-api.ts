import { Duration } from 'aws-cdk-lib';
import {
  EndpointType,
  JsonSchemaType,
  JsonSchemaVersion,
  LambdaIntegration,
  type MethodOptions,
  Model,
  RequestValidator,
  type Resource,
  RestApi,
  TokenAuthorizer,
} from 'aws-cdk-lib/aws-apigateway';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { authorizerCacheSeconds, throttling } from '../config.ts';
import { addGatewayProblems } from './gateway-problems.ts';

export interface HttpApiProps {
  authorize: LambdaFunction;
  submitExecution: LambdaFunction;
  readExecutions: LambdaFunction;
  cancelExecution: LambdaFunction;
  admin: LambdaFunction;
}

/** The public REST API: every route needs a key; bodies that aren't JSON objects stop here. */
export class HttpApi extends Construct {
  readonly api: RestApi;
  private readonly authorized: MethodOptions;
  private readonly validator: RequestValidator;
  private readonly jsonObject: Model;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    this.api = new RestApi(this, 'api', {
      restApiName: 'cordon',
      endpointTypes: [EndpointType.REGIONAL],
      cloudWatchRole: false,
      deployOptions: {
        stageName: 'prod',
        throttlingRateLimit: throttling.rateLimit,
        throttlingBurstLimit: throttling.burstLimit,
        metricsEnabled: true,
      },
    });
    addGatewayProblems(this.api);
    // The least a body must be: what isn't an object costs no invoke. The function checks the rest and names the field.
    this.jsonObject = new Model(this, 'json-object', {
      restApi: this.api,
      modelName: 'JsonObject',
      contentType: 'application/json',
      schema: { schema: JsonSchemaVersion.DRAFT4, title: 'JsonObject', type: JsonSchemaType.OBJECT },
    });
    this.validator = new RequestValidator(this, 'body-validator', {
      restApi: this.api,
      validateRequestBody: true,
    });
    this.authorized = {
      authorizer: new TokenAuthorizer(this, 'authorizer', {
        handler: props.authorize,
        resultsCacheTtl: Duration.seconds(authorizerCacheSeconds),
      }),
    };
    this.addRoutes(props);
  }

  private addRoutes({ submitExecution, readExecutions, cancelExecution, admin }: HttpApiProps): void {
    const v1 = this.api.root.addResource('v1');

    const executions = v1.addResource('executions');
    this.addBodyRoute(executions, submitExecution);
    this.addRoute(executions, 'GET', readExecutions);
    const execution = executions.addResource('{id}');
    this.addRoute(execution, 'GET', readExecutions);
    this.addRoute(execution.addResource('cancel'), 'POST', cancelExecution);

    this.addRoute(v1.addResource('quota'), 'GET', readExecutions);

    const operator = v1.addResource('admin');
    const settings = operator.addResource('settings');
    this.addRoute(settings, 'GET', admin);
    this.addBodyRoute(settings, admin, 'PUT');
    const tenant = operator.addResource('tenants').addResource('{tenant}');
    for (const name of ['policy', 'quota']) {
      const resource = tenant.addResource(name);
      this.addRoute(resource, 'GET', admin);
      this.addBodyRoute(resource, admin, 'PUT');
    }
    this.addRoute(tenant.addResource('callback-secret'), 'GET', admin);
    const userQuota = tenant.addResource('users').addResource('{user}').addResource('quota');
    this.addRoute(userQuota, 'GET', admin);
    this.addBodyRoute(userQuota, admin, 'PUT');
    const keys = operator.addResource('keys');
    this.addBodyRoute(keys, admin);
    this.addRoute(keys, 'GET', admin);
    this.addRoute(keys.addResource('{id}'), 'DELETE', admin);
  }

  private addRoute(
    resource: Resource,
    method: string,
    target: LambdaFunction,
    options: MethodOptions = {},
  ): void {
    const integration = new LambdaIntegration(target, { allowTestInvoke: false });
    resource.addMethod(method, integration, { ...this.authorized, ...options });
  }

  private addBodyRoute(resource: Resource, target: LambdaFunction, method: 'POST' | 'PUT' = 'POST'): void {
    this.addRoute(resource, method, target, {
      requestModels: { 'application/json': this.jsonObject },
      requestValidator: this.validator,
    });
  }
}
