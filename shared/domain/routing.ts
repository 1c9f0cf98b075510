import type { BackendName } from './execution.ts';
import type { Limits } from './limits.ts';

/** What a request needs of a backend. */
export interface RoutingNeeds {
  executionId: string;
  requested: BackendName | 'auto';
  limits: Limits;
  wantsArtifacts: boolean;
  /** Why the program can't run in WebAssembly; null when it can. */
  unsupportedByWasm: string | null;
}

/** What the service allows at the moment. */
export interface RoutingRules {
  /** Backends that this deployment has. */
  present: readonly BackendName[];
  /** Those that the operator has switched off. */
  disabled: readonly BackendName[];
  /** Shares of new executions, such as `{e2b: 90, gvisor: 10}`; backends that aren't named have none. */
  weights: Readonly<Partial<Record<BackendName, number>>>;
  /** Those that the tenant's policy allows; null for all. */
  tenantBackends: readonly BackendName[] | null;
}

export interface Obstacle {
  backend: BackendName;
  reason: string;
}

/** The backends to try, in order. */
export type Route = [BackendName, ...BackendName[]];

/** A route, or what stands in the way of each backend. */
export type Routing = { kind: 'route'; route: Route } | { kind: 'blocked'; obstacles: Obstacle[] };

/** The cheapest first, then the one without a fleet to run. */
const preference: readonly BackendName[] = ['wasm', 'e2b', 'gvisor'];

/** Which backends take over from one that can't start a program. */
const fallbacks: Readonly<Record<BackendName, readonly BackendName[]>> = {
  wasm: [],
  e2b: ['gvisor'],
  gvisor: [],
};

/** The most a program can have where a backend has less than the service. */
const ceilings: Readonly<Record<BackendName, Partial<Limits>>> = {
  wasm: { memoryMiB: 512, diskMiB: 128 },
  e2b: { memoryMiB: 512 },
  gvisor: {},
};

/**
 * Finds the backends for a request. A backend that was asked for by name is the only one. Otherwise the preferred
 * one of those that can run the program, unless it has a weight: then the weighted ones share the executions, each
 * execution falling to the same backend at every try.
 */
export function findRoute(needs: RoutingNeeds, rules: RoutingRules): Routing {
  const wanted = needs.requested === 'auto' ? preference : [needs.requested];
  const judged = wanted.map((backend) => ({ backend, reason: obstacleOf(backend, needs, rules) }));
  const able = judged.filter(({ reason }) => reason === null).map(({ backend }) => backend);
  const [preferred] = able;
  if (preferred === undefined) {
    return {
      kind: 'blocked',
      obstacles: judged.filter((entry): entry is Obstacle => entry.reason !== null),
    };
  }
  const first = rules.weights[preferred] === undefined ? preferred : chooseByWeight(able, needs, rules);
  return { kind: 'route', route: [first, ...fallbacks[first].filter((backend) => able.includes(backend))] };
}

function obstacleOf(backend: BackendName, needs: RoutingNeeds, rules: RoutingRules): string | null {
  if (!rules.present.includes(backend)) return 'this service does not have it';
  if (rules.disabled.includes(backend)) return 'the operator has switched it off';
  if (rules.tenantBackends !== null && !rules.tenantBackends.includes(backend))
    return "the tenant's policy does not allow it";
  for (const [name, most] of Object.entries(ceilings[backend])) {
    if (needs.limits[name as keyof Limits] > most) return `it has at most ${most} for limits.${name}`;
  }
  if (backend !== 'wasm') return null;
  if (needs.unsupportedByWasm !== null) return needs.unsupportedByWasm;
  return needs.wantsArtifacts ? 'it collects no artifacts' : null;
}

function chooseByWeight(
  able: readonly BackendName[],
  { executionId }: RoutingNeeds,
  { weights }: RoutingRules,
): BackendName {
  const shares = able.map((backend) => ({ backend, weight: weights[backend] ?? 0 }));
  const total = shares.reduce((sum, { weight }) => sum + weight, 0);
  let left = stableFraction(executionId) * total;
  for (const { backend, weight } of shares) {
    if (left < weight) return backend;
    left -= weight;
  }
  return able[0] as BackendName;
}

/**
 * A number in [0, 1) that is the same for the same text: FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) with
 * the final mix of MurmurHash3, because texts that differ in their last letters alone stay close under FNV.
 */
function stableFraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
