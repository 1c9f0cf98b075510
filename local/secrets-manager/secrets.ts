import { randomBytes } from 'node:crypto';

/** The texts of a stack's secrets, by ARN, until the local cloud ends. */
export interface Secrets {
  /** Adds a secret; without a text one is made up, as `GenerateSecretString` does. */
  declare(arn: string, text?: string): void;
  textOf(arn: string): string | undefined;
}

export function createSecrets(): Secrets {
  const texts = new Map<string, string>();
  return {
    declare: (arn, text = randomBytes(20).toString('hex')) => void texts.set(arn, text),
    textOf: (arn) => texts.get(arn),
  };
}
