import { BackendError } from '../../shared/ports/sandbox-backend.ts';
import { backendAt, backendJob } from './e2b-fixture.ts';

/**
 * A whole program: one TypeScript job at the address that it is given, its result on stdout. It closes nothing, so
 * that it ends only if the adapter keeps nothing open.
 */
const [url = ''] = process.argv.slice(2);
const { backend } = backendAt(url);
try {
  const { report } = await backend.run(backendJob({ language: 'typescript', source: 'let a: 1;' }));
  console.log(JSON.stringify(report.ending));
} catch (error) {
  console.log(error instanceof BackendError ? `${error.failure} ${error.beforeStart}` : String(error));
}
