import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** Whether a single write was refused by its own condition, which is an answer and no failure. */
export function isConditionFailure(error: unknown): error is ConditionalCheckFailedException {
  return error instanceof ConditionalCheckFailedException;
}

/** Whether a single write took effect; false when its own condition refused it. */
export async function isWritten(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}
