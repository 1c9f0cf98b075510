/** One segment of a resource path. */
type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'parameter'; readonly name: string }
  /** `{name+}`: the rest of the path, at least one segment. */
  | { readonly kind: 'rest'; readonly name: string };

export interface Route<M> {
  /** As in the template, e.g. `/v1/executions/{id}`. */
  readonly resourcePath: string;
  readonly segments: readonly Segment[];
  /** By HTTP method, or `ANY`. */
  readonly methods: ReadonlyMap<string, M>;
}

export interface RouteMatch<M> {
  readonly route: Route<M>;
  readonly method: M;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export function parseSegments(resourcePath: string): Segment[] {
  return resourcePath
    .split('/')
    .filter((part) => part !== '')
    .map((part): Segment => {
      const name = /^\{([^}+]+)(\+?)\}$/.exec(part);
      if (name?.[1] === undefined) return { kind: 'text', text: part };
      return { kind: name[2] === '+' ? 'rest' : 'parameter', name: name[1] };
    });
}

/** Finds the resource as API Gateway does: text before parameter before greedy, then the method or ANY. */
export function matchRoute<M>(
  routes: readonly Route<M>[],
  httpMethod: string,
  path: string,
): RouteMatch<M> | undefined {
  const parts = path
    .split('/')
    .filter((part, index, all) => index > 0 && !(part === '' && index === all.length - 1));
  const candidates = routes
    .map((route) => ({ route, pathParameters: matchSegments(route.segments, parts) }))
    .filter(
      (match): match is typeof match & { pathParameters: Record<string, string> } =>
        match.pathParameters !== undefined,
    )
    .sort((a, b) => comparePrecedence(a.route.segments, b.route.segments));
  const best = candidates[0];
  const method = best?.route.methods.get(httpMethod) ?? best?.route.methods.get('ANY');
  return best && method && { ...best, method };
}

function matchSegments(
  segments: readonly Segment[],
  parts: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = parts[index];
    if (part === undefined || part === '') return undefined;
    if (segment.kind === 'text' && segment.text !== decode(part)) return undefined;
    if (segment.kind === 'parameter') parameters[segment.name] = decode(part);
    if (segment.kind === 'rest') {
      parameters[segment.name] = parts.slice(index).map(decode).join('/');
      return parameters;
    }
  }
  return parts.length === segments.length ? parameters : undefined;
}

const RANK = { text: 0, parameter: 1, rest: 2 } as const;

function comparePrecedence(a: readonly Segment[], b: readonly Segment[]): number {
  for (const [index, segment] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const difference = RANK[segment.kind] - RANK[other.kind];
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** A malformed escape stays as it was sent. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
