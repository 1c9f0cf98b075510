import { CordonError } from '../../shared/domain/cordon-error.ts';
import type { BackendName } from '../../shared/domain/execution.ts';
import type { Program } from '../../shared/domain/program.ts';
import { findUnsupported } from '../../shared/validation/find-unsupported.ts';

/** The lane that runs a program. Throws `backend_unavailable`, naming what stands in the way, when none can. */
export function routeToLane(program: Program, requested: BackendName | 'auto'): 'wasm' {
  if (requested !== 'auto' && requested !== 'wasm') {
    throw new CordonError(
      'backend_unavailable',
      `This service has no ${requested} backend: use "auto" or "wasm".`,
    );
  }
  const unsupported = findUnsupported(program);
  if (unsupported === null) return 'wasm';
  throw new CordonError(
    'backend_unavailable',
    `The wasm backend, the only one of this service, can't run this program: ${unsupported.reason}.`,
    { details: unsupported.line === null ? {} : { line: unsupported.line } },
  );
}
