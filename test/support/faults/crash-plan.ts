/** The process is gone: nothing after this has an effect. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/** One process's way to its end: at which of its calls it dies, if at any. */
export interface CrashPlan {
  /** Wraps something that the process calls; each of its methods may be the last one. */
  over<Port extends object>(port: Port): Port;
  /** The last call, as `<when> <name>`; null while it lives. */
  diedAt(): string | null;
}

/** `dieAt` counts calls from 1, null for never. Half the crashes leave the last call's effect behind. */
export function planCrash(dieAt: number | null, when: 'before' | 'after'): CrashPlan {
  let calls = 0;
  let died: string | null = null;
  const die = (name: string): never => {
    died = `${when} ${name}`;
    throw new Crash(died);
  };
  return {
    diedAt: () => died,
    over: (port) =>
      new Proxy(port, {
        get(target, name) {
          const method = Reflect.get(target, name);
          if (typeof method !== 'function') return method;
          return async (...args: unknown[]) => {
            if (died !== null) throw new Crash(died);
            calls += 1;
            const isLast = calls === dieAt;
            if (isLast && when === 'before') die(String(name));
            const result = await method.apply(target, args);
            if (died !== null) throw new Crash(died);
            if (isLast) die(String(name));
            return result;
          };
        },
      }),
  };
}
