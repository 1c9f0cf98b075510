/** An IAM statement as a Lambda authorizer returns it. */
interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
}

export type Decision = 'allowed' | 'denied' | 'explicitly-denied';

const ACTION = 'execute-api:Invoke';

/**
 * Decides whether a policy lets a method be invoked: an explicit Deny wins, nothing allowed is denied.
 * Gives nothing for a document that it can't evaluate in full, such as one with conditions.
 */
export function evaluatePolicy(document: unknown, methodArn: string): Decision | undefined {
  const statements = statementsOf(document);
  if (statements === undefined) return undefined;
  const applies = statements.filter(
    ({ Action, Resource }) =>
      texts(Action).some((pattern) => matches(pattern, ACTION, 'i')) &&
      texts(Resource).some((pattern) => matches(pattern, methodArn, '')),
  );
  if (applies.some(({ Effect }) => Effect === 'Deny')) return 'explicitly-denied';
  return applies.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'denied';
}

function statementsOf(document: unknown): Statement[] | undefined {
  if (document === null || typeof document !== 'object' || !('Statement' in document)) return undefined;
  const statements = [document.Statement].flat() as Statement[];
  const known = ['Sid', 'Effect', 'Action', 'Resource'];
  const evaluable = statements.every(
    (statement) =>
      statement !== null &&
      typeof statement === 'object' &&
      Object.keys(statement).every((member) => known.includes(member)) &&
      (statement.Effect === 'Allow' || statement.Effect === 'Deny') &&
      texts(statement.Action).length > 0 &&
      texts(statement.Resource).length > 0,
  );
  return evaluable ? statements : undefined;
}

const texts = (value: unknown): string[] =>
  [value].flat().filter((entry): entry is string => typeof entry === 'string');

/** IAM wildcards: `*` is any text, also across slashes, `?` is one character. */
function matches(pattern: string, text: string, flags: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, flags).test(text);
}
