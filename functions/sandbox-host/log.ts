/** One line of JSON on stdout. Nothing of a client goes in: no source, no output, no key. */
export function log(
  level: 'INFO' | 'WARN' | 'ERROR',
  message: string,
  fields: Record<string, unknown> = {},
): void {
  process.stdout.write(`${JSON.stringify({ level, message, ...fields })}\n`);
}

/** An error with its causes, as fields of a line. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) };
  const { name, message, stack, cause } = error;
  return { error: { name, message, stack, ...(cause !== undefined && { cause: errorFields(cause).error }) } };
}
