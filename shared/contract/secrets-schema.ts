import type * as z from 'zod';
import { secretLimits } from '../domain/limits.ts';
import { dictionary, text } from './field-schemas.ts';

const { names, characters, differentCharacters, bytesTogether } = secretLimits;

const secretSchema = text({ noNul: true })
  .max(characters.max)
  .refine(
    (value) => value.replace(/[\r\n]/g, '').length >= characters.min,
    `must have at least ${characters.min} characters, not counting line breaks: a shorter one stands everywhere by chance`,
  )
  .refine(
    (value) => new Set(value).size >= differentCharacters,
    `must have at least ${differentCharacters} different characters`,
  );

/** Values that the program gets as environment variables, and that are redacted from all it writes. */
export function secretsSchema(name: z.ZodString) {
  return dictionary(name, secretSchema, names).refine(
    (secrets) => Buffer.byteLength(Object.values(secrets).join('')) <= bytesTogether,
    { message: `must not exceed ${bytesTogether} bytes together`, params: { tooLarge: true } },
  );
}

/** A name that is in both would leave open which value the program gets. */
export function checkNames(payload: z.core.ParsePayload<{ env: object; secrets: object }>): void {
  for (const name of Object.keys(payload.value.secrets)) {
    if (!Object.hasOwn(payload.value.env, name)) continue;
    payload.issues.push({
      code: 'custom',
      input: undefined,
      path: ['secrets', name],
      message: 'is also in env',
    });
  }
}
