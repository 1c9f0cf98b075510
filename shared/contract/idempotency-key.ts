import * as z from 'zod';

/** The header `Idempotency-Key`: any text a client draws, such as a UUID. */
export const idempotencyKeySchema = z
  .string()
  .regex(
    /^[\x21-\x7e]{1,255}$/,
    'Idempotency-Key: must be 1 to 255 printable ASCII characters without spaces',
  );

/** On the answer to a request that repeats an earlier one. */
export const replayedHeader = 'Idempotency-Replayed';
