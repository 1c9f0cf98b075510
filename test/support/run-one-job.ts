import { BackendError } from '../../shared/ports/sandbox-backend.ts';
import { backendAt, backendJob, shortPatience } from './e2b-fixture.ts';

/**
 * A whole program: one TypeScript job at the address that it is given with this wall time limit, its result on stdout. It closes nothing, so
 * that it ends only if the adapter keeps nothing open.
 */
const [url = '', wallTimeMs = ''] = process.argv.slice(2);
const { backend } = backendAt(url, { patience: shortPatience });
try {
  const limits = { wallTimeMs: Number(wallTimeMs) };
  const { report } = await backend.run(
    backendJob({ language: 'typescript', source: 'let a: 1;' }, { limits }),
  );
  console.log(JSON.stringify(report.ending));
} catch (error) {
  console.log(error instanceof BackendError ? `${error.failure} ${error.beforeStart}` : String(error));
}
