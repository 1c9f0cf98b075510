type ErrorType =
  | 'ConditionalCheckFailedException'
  | 'IdempotentParameterMismatchException'
  | 'ResourceNotFoundException'
  | 'TransactionCanceledException'
  | 'UnknownOperationException'
  | 'ValidationException';

/** A refusal in DynamoDB's wire form. `fields` travel beside the message, e.g. `CancellationReasons`. */
export class DynamoDbError extends Error {
  readonly statusCode = 400;
  readonly type: ErrorType;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(type: ErrorType, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.type = type;
    this.body = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...fields };
  }
}

interface Refusal {
  readonly type: string;
  readonly message: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The refusal in an error of ours or of dynalite's, nothing when the error is a defect. */
export function refusalIn(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !('body' in error)) return undefined;
  const body = error.body as Record<string, unknown>;
  const type = String(body.__type).split('#').pop() ?? '';
  return { type, message: String(body.message ?? body.Message ?? ''), body };
}
