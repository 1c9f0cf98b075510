import type { CallLog } from './calls/call-log.ts';
import { type DataDirectory, openDataDirectory } from './data-directory.ts';
import { createDynamoDb, type DynamoDb } from './dynamodb/dynamodb.ts';
import { startDynamoDbServer } from './dynamodb/dynamodb-server.ts';
import type { Endpoints } from './lambda/function-config.ts';
import type { Functions } from './lambda/functions.ts';
import { startInvokeServer } from './lambda/invoke-server.ts';
import { createSecrets, type Secrets } from './secrets-manager/secrets.ts';
import { startSecretsServer } from './secrets-manager/secrets-server.ts';
import { type SqsAndS3, startSqsAndS3 } from './sqs-and-s3/start-sqs-and-s3.ts';

/** The AWS services of a local cloud, each on a loopback port of its own, still without resources. */
export interface Emulators {
  readonly data: DataDirectory;
  readonly dynamoDb: DynamoDb;
  readonly sqsAndS3: SqsAndS3;
  readonly secrets: Secrets;
  readonly endpoints: Endpoints;
  /** Gives Lambda its functions; they come last, as their environment holds the endpoints. */
  setFunctions(functions: Functions): void;
}

/** Registers how to close what has been started; the last registered is closed first. */
export type OnClose = (close: () => void | Promise<void>) => void;

export async function startEmulators(
  dataDirectory: string,
  calls: CallLog,
  onClose: OnClose,
): Promise<Emulators> {
  const data = openDataDirectory(dataDirectory);
  onClose(data.release);
  const dynamoDb = createDynamoDb({ path: data.dynamoDbFile, clock: Date.now });
  onClose(dynamoDb.close);
  const dynamoDbServer = await startDynamoDbServer(dynamoDb, calls);
  onClose(() => dynamoDbServer.close());
  const sqsAndS3 = await startSqsAndS3(data.sqsAndS3Directory, calls);
  onClose(sqsAndS3.close);
  let functions: Functions | undefined;
  const invokeServer = await startInvokeServer(() => {
    if (functions === undefined) throw new Error('The functions are not loaded yet');
    return functions;
  });
  onClose(() => invokeServer.close());
  const secrets = createSecrets(data.secretsFile);
  const secretsServer = await startSecretsServer(secrets, calls);
  onClose(() => secretsServer.close());

  const endpoints = {
    dynamodb: dynamoDbServer.url,
    sqs: sqsAndS3.url,
    s3: sqsAndS3.url,
    lambda: invokeServer.url,
    secretsManager: secretsServer.url,
  };
  return {
    data,
    dynamoDb,
    sqsAndS3,
    secrets,
    endpoints,
    setFunctions(loaded) {
      functions = loaded;
    },
  };
}
