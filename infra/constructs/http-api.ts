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
  admin: LambdaFunction;
}

/** The public REST API: every route needs a key; bodies that aren't objects with the required fields stop here. */
export class HttpApi extends Construct {
  readonly api: RestApi;
  private readonly authorized: MethodOptions;
  private readonly validator: RequestValidator;

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

  private addRoutes({ submitExecution, readExecutions, admin }: HttpApiProps): void {
    const v1 = this.api.root.addResource('v1');

    const executions = v1.addResource('executions');
    this.addBodyRoute(executions, submitExecution, this.bodyModel('SubmitExecution', ['language', 'source']));
    this.addRoute(executions, 'GET', readExecutions);
    this.addRoute(executions.addResource('{id}'), 'GET', readExecutions);

    const keys = v1.addResource('admin').addResource('keys');
    this.addBodyRoute(keys, admin, this.bodyModel('CreateKey', ['tenant', 'scopes']));
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

  private addBodyRoute(resource: Resource, target: LambdaFunction, model: Model): void {
    this.addRoute(resource, 'POST', target, {
      requestModels: { 'application/json': model },
      requestValidator: this.validator,
    });
  }

  /** The least a body must be. The function checks the rest, with errors that name the field. */
  private bodyModel(modelName: string, required: string[]): Model {
    return new Model(this, modelName, {
      restApi: this.api,
      modelName,
      contentType: 'application/json',
      schema: { schema: JsonSchemaVersion.DRAFT4, title: modelName, type: JsonSchemaType.OBJECT, required },
    });
  }
}
