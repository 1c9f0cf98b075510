// Generic repository with interfaces, constraints, keyof queries and an in-memory implementation.
interface Entity {
  readonly id: number;
}

interface Repository<T extends Entity> {
  add(item: Omit<T, 'id'>): T;
  find(id: T['id']): T | undefined;
  where<K extends keyof T>(key: K, value: T[K]): T[];
  update(id: T['id'], change: Partial<Omit<T, 'id'>>): T;
  sortedBy<K extends keyof T>(key: K, direction?: 'up' | 'down'): readonly T[];
}

interface Book extends Entity {
  title: string;
  year: number;
  genre: 'novel' | 'poetry' | 'science';
  available: boolean;
}

type Comparable = string | number | boolean;

function compare(a: Comparable, b: Comparable): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function createRepository<T extends Entity>(): Repository<T> {
  const items = new Map<number, T>();
  let nextId = 1;

  return {
    add(item) {
      const created = { ...item, id: nextId++ } as T;
      items.set(created.id, created);
      return created;
    },
    find: (id) => items.get(id),
    where: (key, value) => [...items.values()].filter((item) => item[key] === value),
    update(id, change) {
      const current = items.get(id);
      if (current === undefined) throw new RangeError(`no item ${id}`);
      const changed = { ...current, ...change };
      items.set(id, changed);
      return changed;
    },
    sortedBy(key, direction = 'up') {
      const sign = direction === 'up' ? 1 : -1;
      return [...items.values()].sort((a, b) => sign * compare(a[key] as Comparable, b[key] as Comparable));
    },
  };
}

function pluck<T, K extends keyof T>(items: readonly T[], ...keys: K[]): Pick<T, K>[] {
  return items.map((item) => Object.fromEntries(keys.map((key) => [key, item[key]])) as Pick<T, K>);
}

function groupBy<T, K extends PropertyKey>(items: readonly T[], keyOf: (item: T) => K): Record<K, T[]> {
  return items.reduce(
    (groups, item) => {
      (groups[keyOf(item)] ??= []).push(item);
      return groups;
    },
    {} as Record<K, T[]>,
  );
}

const books = createRepository<Book>();
books.add({ title: 'The Long Field', year: 1998, genre: 'novel', available: true });
books.add({ title: 'Salt and Light', year: 2011, genre: 'poetry', available: false });
const third = books.add({ title: 'Moss', year: 2020, genre: 'science', available: true });
books.add({ title: 'Northbound', year: 2011, genre: 'novel', available: true });

console.log('third:', third.id, third.title);
console.log('of 2011:', books.where('year', 2011).map(({ title }) => title).join(', '));
console.log('newest first:', books.sortedBy('year', 'down').map(({ year }) => year).join(' '));
console.log('updated:', JSON.stringify(books.update(2, { available: true })));
console.log(JSON.stringify(pluck(books.sortedBy('title'), 'title', 'year')));
for (const [genre, list] of Object.entries(groupBy(books.sortedBy('id'), ({ genre }) => genre))) {
  console.log(`${genre}: ${list.length}`);
}
console.log('missing:', books.find(99)?.title ?? 'nothing');
try {
  books.update(99, { year: 1 });
} catch (error) {
  if (error instanceof RangeError) console.log('refused:', error.message);
}
