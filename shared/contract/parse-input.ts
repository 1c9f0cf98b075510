import type * as z from 'zod';
import { CordonError } from '../domain/cordon-error.ts';

/** One fault of a request: what is wrong and where, as a JSON pointer (RFC 6901) in URI fragment form. */
export interface InputFault {
  detail: string;
  pointer: string;
}

const maxFaults = 20;

/**
 * Parses a caller's input. Throws `payload_too_large` when a size limit is among the faults, else
 * `invalid_request`, with all faults in `errors`. Values are never echoed: they can be secrets.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;

  const faults = result.error.issues.flatMap(toFaults).slice(0, maxFaults);
  const first = faults[0] ?? { detail: 'is not valid', pointer: '#' };
  const tooLarge = result.error.issues.some(
    (issue) => issue.code === 'custom' && issue.params?.tooLarge === true,
  );
  throw new CordonError(tooLarge ? 'payload_too_large' : 'invalid_request', sentence(first), {
    details: { errors: faults },
  });
}

function toFaults(issue: z.core.$ZodIssue): InputFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      detail: 'is not a known field',
      pointer: toPointer([...issue.path, key]),
    }));
  }
  const detail = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  return [{ detail, pointer: toPointer(issue.path) }];
}

function toPointer(path: PropertyKey[]): string {
  return [
    '#',
    ...path.map((part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))),
  ].join('/');
}

function sentence({ detail, pointer }: InputFault): string {
  const field = pointer.slice(2).replaceAll('/', '.');
  return field === '' ? detail : `${field}: ${detail}`;
}
