import type { createRedaction, RedactionCounts } from './redactor.ts';

/**
 * Redacts bytes that are text in ASCII or anything that extends it: UTF-8, valid or not, and the Latin encodings.
 * Bytes outside of what is redacted stay exactly as they were.
 */
export function redactBytes(
  redaction: ReturnType<typeof createRedaction>,
  bytes: Uint8Array,
): { bytes: Uint8Array; counts: RedactionCounts } {
  const { text, counts } = redaction.redact(Buffer.from(bytes).toString('latin1'));
  return Object.keys(counts).length === 0
    ? { bytes, counts }
    : { bytes: Buffer.from(text, 'latin1'), counts };
}
