import * as z from 'zod';
import { programErrorSchema } from '../../../../shared/domain/sandbox-report.ts';

/** How the guest says that its program ended. Only ever about itself, so a forged one deceives nobody else. */
export const guestReportSchema = z.strictObject({
  exitCode: z.int(),
  error: programErrorSchema.nullable(),
  isOutOfMemory: z.boolean(),
});
export type GuestReport = z.infer<typeof guestReportSchema>;

/** Thrown by the host's `exit` function through the engine's frames: nothing of the guest runs after it. */
export class GuestExit extends Error {
  override readonly name = 'GuestExit';
  readonly report: GuestReport;

  constructor(report: GuestReport) {
    super('the program ended');
    this.report = report;
  }
}

const maxMessageLength = 10_000;
/** A report of the guest's own library is shorter, whatever characters its message has. */
const maxReportBytes = 200_000;

/** Reads the report that the guest hands over. One that makes no sense ends the program like an uncaught error. */
export function readReport(json: Uint8Array): GuestReport {
  try {
    if (json.length > maxReportBytes) throw new RangeError('the report is too long');
    const report = guestReportSchema.parse(JSON.parse(Buffer.from(json).toString()));
    return { ...report, exitCode: report.exitCode & 0xff, error: shorten(report.error) };
  } catch {
    return { exitCode: 1, error: null, isOutOfMemory: false };
  }
}

function shorten(error: GuestReport['error']): GuestReport['error'] {
  if (error === null) return null;
  return {
    type: error.type.slice(0, 200),
    message: error.message.slice(0, maxMessageLength),
    line: error.line,
  };
}
