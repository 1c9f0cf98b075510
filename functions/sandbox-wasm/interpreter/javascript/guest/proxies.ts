const targets = new WeakMap<object, object>();

/** Makes `Proxy` remember its targets, so that printing one shows the target and runs none of its traps. */
export function trackProxies(): void {
  const Original = globalThis.Proxy;
  function TrackedProxy(target: object, handler: ProxyHandler<object>): object {
    if (new.target === undefined) throw new TypeError("Constructor Proxy requires 'new'");
    const proxy = new Original(target, handler);
    targets.set(proxy, target);
    return proxy;
  }
  const revocable = (target: object, handler: ProxyHandler<object>) => {
    const made = Original.revocable(target, handler);
    targets.set(made.proxy, target);
    return made;
  };
  Object.defineProperties(TrackedProxy, {
    name: { value: 'Proxy', configurable: true },
    prototype: { value: undefined },
    revocable: { value: revocable, writable: true, configurable: true },
  });
  Object.defineProperty(globalThis, 'Proxy', { value: TrackedProxy, writable: true, configurable: true });
}

export function isProxy(value: unknown): boolean {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && targets.has(value);
}

/** What a proxy stands for, through any number of them; another object is itself. */
export function unwrapProxy(value: object): object {
  let current = value;
  for (let target = targets.get(current); target !== undefined; target = targets.get(current))
    current = target;
  return current;
}
