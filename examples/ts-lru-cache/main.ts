// An LRU cache as a generic class: private and readonly members, accessors, iteration, statistics, an injected clock.
interface CacheOptions<V> {
  readonly capacity: number;
  readonly maxAgeMs?: number;
  readonly now?: () => number;
  readonly onEvict?: (key: string, value: V, reason: EvictReason) => void;
}

type EvictReason = 'capacity' | 'age' | 'deleted';

interface Entry<V> {
  readonly value: V;
  readonly storedAt: number;
}

abstract class Cache<V> {
  protected abstract read(key: string): V | undefined;
  abstract set(key: string, value: V): this;

  private hits = 0;
  private misses = 0;

  get(key: string): V | undefined {
    const value = this.read(key);
    if (value === undefined) this.misses += 1;
    else this.hits += 1;
    return value;
  }

  getOrCreate(key: string, create: (key: string) => V): V {
    const found = this.get(key);
    if (found !== undefined) return found;
    const created = create(key);
    this.set(key, created);
    return created;
  }

  get hitRate(): string {
    const total = this.hits + this.misses;
    return total === 0 ? 'n/a' : `${Math.round((100 * this.hits) / total)} %`;
  }
}

class LruCache<V> extends Cache<V> implements Iterable<[string, V]> {
  readonly #entries = new Map<string, Entry<V>>();
  private readonly options: Required<CacheOptions<V>>;

  constructor(options: CacheOptions<V>) {
    super();
    this.options = { maxAgeMs: Infinity, now: () => 0, onEvict: () => {}, ...options };
  }

  get size(): number {
    return this.#entries.size;
  }

  protected override read(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (this.options.now() - entry.storedAt > this.options.maxAgeMs) {
      this.evict(key, 'age');
      return undefined;
    }
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  override set(key: string, value: V): this {
    this.#entries.delete(key);
    this.#entries.set(key, { value, storedAt: this.options.now() });
    if (this.size > this.options.capacity) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.evict(oldest, 'capacity');
    }
    return this;
  }

  delete(key: string): boolean {
    return this.evict(key, 'deleted');
  }

  *[Symbol.iterator](): IterableIterator<[string, V]> {
    for (const [key, { value }] of this.#entries) yield [key, value];
  }

  private evict(key: string, reason: EvictReason): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#entries.delete(key);
    this.options.onEvict(key, entry.value, reason);
    return true;
  }
}

let clock = 0;
const cache = new LruCache<number>({
  capacity: 3,
  maxAgeMs: 100,
  now: () => clock,
  onEvict: (key, value, reason) => console.log(`evicted ${key}=${value} (${reason})`),
});

cache.set('a', 1).set('b', 2).set('c', 3);
console.log('a:', cache.get('a'));
cache.set('d', 4);
console.log('order:', [...cache].map(([key]) => key).join(' '), '| b:', cache.get('b'));
clock = 90;
cache.set('e', 5);
clock = 150;
console.log('a:', cache.get('a'), '| e:', cache.get('e'), '| size:', cache.size);
console.log('deleted:', cache.delete('d'), cache.delete('d'));

let computed = 0;
const square = (key: string): number => {
  computed += 1;
  return Number(key) ** 2;
};
const squares = ['7', '8', '7', '9', '8', '7'].map((key) => cache.getOrCreate(key, square));
console.log('squares:', squares.join(' '), '| computed', computed, 'times | hit rate', cache.hitRate);
