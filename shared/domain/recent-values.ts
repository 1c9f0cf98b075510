/** The values that were used last, at most `most` of them. */
export interface RecentValues<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  readonly size: number;
}

export function createRecentValues<Value>(most: number): RecentValues<Value> {
  // A map keeps the order in which keys were set.
  const values = new Map<string, Value>();

  return {
    get(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    set(key, value) {
      values.delete(key);
      values.set(key, value);
      const [oldest] = values.keys();
      if (values.size > most && oldest !== undefined) values.delete(oldest);
    },
    delete: (key) => void values.delete(key),
    get size() {
      return values.size;
    },
  };
}
