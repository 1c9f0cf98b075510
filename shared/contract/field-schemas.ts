import * as z from 'zod';

/** Text that survives UTF-8: no lone surrogates, and no NUL where an operating system would cut at it. */
export function text(options: { noNul?: boolean } = {}): z.ZodString {
  const schema = z
    .string()
    .refine((value) => value.isWellFormed(), 'must be valid Unicode: it has a lone surrogate');
  return options.noNul
    ? schema.refine((value) => !value.includes('\0'), 'must not contain NUL characters')
    : schema;
}

/** Limits a text's UTF-8 length; going over it makes the whole request `payload_too_large`. */
export function maxBytes(bytes: number): z.core.CheckFn<string> {
  return (payload) => {
    if (Buffer.byteLength(payload.value) > bytes) {
      payload.issues.push({
        code: 'custom',
        input: undefined,
        message: `must not exceed ${bytes} bytes`,
        params: { tooLarge: true },
      });
    }
  };
}

/**
 * An object of texts by name, with at most `maxNames`. Refuses the name `__proto__`, which a record of zod would
 * drop without a word.
 */
export function dictionary(
  name: z.ZodString,
  value: z.ZodString,
  maxNames: number,
): z.ZodPipe<
  z.ZodCustom<Record<string, string>, Record<string, string>>,
  z.ZodRecord<z.ZodString, z.ZodString>
> {
  const named = z
    .custom<Record<string, string>>(
      (input) => typeof input === 'object' && input !== null && !Array.isArray(input),
      {
        error: 'must be an object',
        abort: true,
      },
    )
    .check((payload) => {
      if (Object.hasOwn(payload.value, '__proto__')) {
        payload.issues.push({
          code: 'custom',
          input: undefined,
          path: ['__proto__'],
          message: 'is reserved',
        });
      }
      if (Object.keys(payload.value).length > maxNames) {
        payload.issues.push({
          code: 'custom',
          input: undefined,
          message: `must not have more than ${maxNames} names`,
        });
      }
    });
  const shape = {
    type: 'object',
    additionalProperties: { type: 'string' },
    maxProperties: maxNames,
  } as const;
  return named.meta(shape).pipe(z.record(name, value));
}

/** Refusal of a member that the contract names and this version doesn't serve. */
export function notYet(what: string): { error: () => string } {
  return { error: () => `${what} is not available yet` };
}

/**
 * A relative path below the program's working directory, in one spelling only: no empty, `.` or `..` segment,
 * no backslash, no drive, no control character.
 */
export const filePathSchema = z
  .string()
  .min(1)
  .max(255)
  .refine((path) => path.isWellFormed() && !hasControlCharacter(path), 'must not contain control characters')
  .refine((path) => !path.includes('\\') && !/^[A-Za-z]:/.test(path), 'must use / and no drive letter')
  .refine(
    (path) => path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..'),
    {
      message: 'must be a relative path without empty, "." or ".." segments',
    },
  );

function hasControlCharacter(value: string): boolean {
  return [...value].some((character) => character < ' ' || character === '\x7f');
}
