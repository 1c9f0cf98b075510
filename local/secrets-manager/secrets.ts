import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

/** The texts of a stack's secrets, by ARN. */
export interface Secrets {
  /** Adds a secret; without a text one is made up, as `GenerateSecretString` does, and kept. */
  declare(arn: string, text?: string): void;
  textOf(arn: string): string | undefined;
}

const madeUpSchema = z.record(z.string(), z.string());

/** What is made up is kept in `file`, readable by the owner only, or until the local cloud ends. */
export function createSecrets(file: string | undefined): Secrets {
  const texts = new Map<string, string>();
  const madeUp: Record<string, string> =
    file !== undefined && existsSync(file) ? madeUpSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const makeUp = (arn: string): string => {
    const known = madeUp[arn];
    if (known !== undefined) return known;
    const text = randomBytes(32).toString('hex');
    madeUp[arn] = text;
    if (file !== undefined) {
      writeFileSync(`${file}.new`, `${JSON.stringify(madeUp, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    }
    return text;
  };
  return {
    declare: (arn, text) => void texts.set(arn, text ?? makeUp(arn)),
    textOf: (arn) => texts.get(arn),
  };
}
