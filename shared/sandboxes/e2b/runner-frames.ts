import * as z from 'zod';
import { usageSchema } from '../../domain/limits.ts';
import { endingSchema, programErrorSchema } from '../../domain/sandbox-report.ts';
import { WireFault } from './wire-fault.ts';

const runnerReportSchema = z.strictObject({
  ending: endingSchema,
  truncated: z.strictObject({ stdout: z.boolean(), stderr: z.boolean() }),
  error: programErrorSchema.nullable(),
  usage: usageSchema,
  artifacts: z.array(z.strictObject({ path: z.string(), bytes: z.int().nonnegative() })),
});
export type RunnerReport = z.infer<typeof runnerReportSchema>;

const frameSchema = z.union([
  z.strictObject({ started: z.literal(true) }),
  z.strictObject({ stdout: z.base64() }),
  z.strictObject({ stderr: z.base64() }),
  z.strictObject({ report: runnerReportSchema }),
]);
export type RunnerFrame = z.infer<typeof frameSchema>;

/** The longest line: a report with a hundred long paths, or a chunk of output. */
const maxLineLength = 1_048_576;

/**
 * Cuts what the runner prints into frames, one per line. The runner is ours; the sandbox around it is not to be
 * trusted: whoever breaks out of the program's user could print here. The text may come in pieces of any size.
 *
 * @throws WireFault `garbage` or `oversize`, from the function that takes the text
 */
export function createFrameReader(take: (frame: RunnerFrame) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(parseFrame(line));
    if (rest.length > maxLineLength) throw new WireFault('oversize', 'a line has no end');
  };
}

function parseFrame(line: string): RunnerFrame {
  if (line.length > maxLineLength) throw new WireFault('oversize', 'a line is too long');
  try {
    return frameSchema.parse(JSON.parse(line));
  } catch {
    throw new WireFault('garbage', 'a line is no frame');
  }
}
