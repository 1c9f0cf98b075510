import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { createDynamoAuditLog } from '../../shared/adapters/dynamodb-audit-log.ts';
import { createDynamoKeyStore } from '../../shared/adapters/dynamodb-key-store.ts';
import { toAuthorizerContext } from '../../shared/lambda/caller-of.ts';
import { parseEnvironment } from '../../shared/lambda/parse-environment.ts';
import { logger } from '../../shared/lambda/telemetry.ts';
import { authorizeKey } from './authorize-key.ts';
import { createKeyUse } from './record-key-use.ts';

const environment = parseEnvironment('authorize');
const control = { client: new DynamoDBClient({}), table: environment.CONTROL_TABLE };
const keys = createDynamoKeyStore(control);
const recordUse = createKeyUse(createDynamoAuditLog(control), (error) => {
  logger.error('audit record lost', { error: error as Error });
});

/**
 * API Gateway's TOKEN authorizer. The policy covers the whole stage, because the answer is cached per key and a
 * narrower one would deny the next route; scopes are checked by the functions.
 */
export async function handler(event: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const caller = await authorizeKey(keys, event.authorizationToken, new Date()).catch((error: unknown) => {
    logger.error('authorization failed', { error: error as Error });
    throw error;
  });
  // API Gateway answers 401 for this very text, and 500 for any other.
  if (caller === null) throw new Error('Unauthorized');

  // Only here, where the key is read anyway: the gateway answers for it from its cache in between.
  await recordUse(caller, new Date());

  const [apiArn = '', stage = ''] = event.methodArn.split('/');
  return {
    principalId: caller.keyId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${apiArn}/${stage}/*` }],
    },
    context: toAuthorizerContext(caller),
  };
}
