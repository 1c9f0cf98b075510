const targets = new WeakMap<object, object>();

/**
 * Makes `Proxy` remember its targets, so that printing one shows the target and runs none of its traps, as in
 * Node.
 */
export function installProxyTracking(): void {
  const Original = globalThis.Proxy;
  const Tracked = function Proxy(this: unknown, target: object, handler: ProxyHandler<object>): object {
    if (new.target === undefined) throw new TypeError("Constructor Proxy requires 'new'");
    const proxy = new Original(target, handler);
    targets.set(proxy, target);
    return proxy;
  };
  Object.defineProperty(Tracked, 'length', { value: 2 });
  Object.defineProperty(Tracked, 'prototype', { value: undefined });
  const revocable = (target: object, handler: ProxyHandler<object>) => {
    const made = Original.revocable(target, handler);
    targets.set(made.proxy, target);
    return made;
  };
  Object.defineProperty(Tracked, 'revocable', { value: revocable, writable: true, configurable: true });
  Object.defineProperty(globalThis, 'Proxy', { value: Tracked, writable: true, configurable: true });
}

export function isProxy(value: unknown): boolean {
  return typeof value === 'object' || typeof value === 'function' ? targets.has(value as object) : false;
}

/** What a proxy stands for, through any number of them; anything else is itself. */
export function unwrapProxy(value: object): object {
  let current = value;
  for (let target = targets.get(current); target !== undefined; target = targets.get(current)) current = target;
  return current;
}
