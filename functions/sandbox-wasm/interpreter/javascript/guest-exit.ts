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

/** Reads the report that the guest hands over. One that makes no sense ends the program like an uncaught error. */
export function readReport(json: string): GuestReport {
  try {
    const report = guestReportSchema.parse(JSON.parse(json));
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
