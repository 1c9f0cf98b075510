import { CordonError } from '../../shared/domain/cordon-error.ts';
import type { BackendName } from '../../shared/domain/execution.ts';
import type { Limits } from '../../shared/domain/limits.ts';
import type { Order } from '../../shared/domain/program.ts';
import { findRoute, type Obstacle, type Route, type RoutingRules } from '../../shared/domain/routing.ts';
import type { Analysis } from '../../shared/validation/policy/analysis.ts';
import { findUnsupported, type Unsupported } from '../../shared/validation/policy/find-unsupported.ts';

export interface RoutingRequest {
  executionId: string;
  order: Order;
  /** What reading the program told about it. */
  analysis: Analysis;
  limits: Limits;
  requested: BackendName | 'auto';
}

/** The lanes for a program, the first one now. Throws `backend_unavailable`, naming what stands in the way, when none can. */
export function routeToLane(
  { executionId, order, analysis, limits, requested }: RoutingRequest,
  rules: RoutingRules,
): Route {
  const unsupported = findUnsupported(order, analysis);
  const routing = findRoute(
    {
      executionId,
      requested,
      limits,
      wantsArtifacts: (order.artifacts ?? []).length > 0,
      unsupportedByWasm: unsupported?.reason ?? null,
    },
    rules,
  );
  if (routing.kind === 'route') return routing.route;
  throw refuse(requested, routing.obstacles, unsupported);
}

function refuse(
  requested: BackendName | 'auto',
  obstacles: readonly Obstacle[],
  unsupported: Unsupported | null,
): CordonError {
  const reasons = obstacles.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
  const subject = requested === 'auto' ? 'No backend' : 'The backend that was asked for';
  const isWhy = obstacles.some(({ backend, reason }) => backend === 'wasm' && reason === unsupported?.reason);
  const line = isWhy ? (unsupported?.line ?? null) : null;
  return new CordonError(
    'backend_unavailable',
    `${subject} can ${requested === 'auto' ? '' : 'not '}run this program. ${reasons}.`,
    { details: line === null ? {} : { line } },
  );
}
