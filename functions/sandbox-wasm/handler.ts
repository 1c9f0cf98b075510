import type { Context } from 'aws-lambda';
import { type SandboxReport, sandboxJobSchema } from '../../shared/domain/sandbox-report.ts';
import { createProgramRunner } from './run-program.ts';

const runner = createProgramRunner({ directory: import.meta.dirname });
runner.warm('python');

/**
 * Runs one job; invoked directly, never by a queue. Lambda keeps this environment for one tenant; a job of
 * another one means that isolation is broken, and is refused.
 */
export async function handler(event: unknown, context: Context): Promise<SandboxReport> {
  const job = sandboxJobSchema.parse(event);
  if (context.tenantId !== job.tenant)
    throw new Error('the job is not of the tenant that this environment serves');
  return runner.run(job);
}
