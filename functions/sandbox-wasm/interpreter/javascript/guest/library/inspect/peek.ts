/** What a promise is at this moment. */
export type PromisePeek = { state: 'pending' } | { state: 'fulfilled' | 'rejected'; result: unknown };

/** What the language keeps hidden, and whoever runs the engine may know. */
export interface Peek {
  promise(promise: Promise<unknown>): PromisePeek;
  /** The object behind a proxy, through any number of them; another object is itself. */
  unwrap(value: object): object;
}

let peek: Peek = { promise: () => ({ state: 'pending' }), unwrap: (value) => value };

/** To be set before anything is printed. Without it promises look pending and proxies run their traps. */
export function setPeek(given: Peek): void {
  peek = given;
}

export function peekPromise(promise: Promise<unknown>): PromisePeek {
  return peek.promise(promise);
}

export function unwrapProxy(value: object): object {
  return peek.unwrap(value);
}
