/** A request under its caller's `Idempotency-Key`. Neither the key nor anything of the request can be read from it. */
export interface RequestIdentity {
  /** The same for every request of the tenant under this key. */
  readonly id: string;
  /** The same for every such request with the same content. */
  readonly content: string;
}

/** How long a key is known: longer than any client goes on trying. */
export const identityHours = 24;
