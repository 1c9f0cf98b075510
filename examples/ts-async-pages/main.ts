// Async generators: a paged source, pipelines over AsyncIterable, a bounded channel, cleanup on early exit.
interface Page<T> {
  readonly items: readonly T[];
  readonly next?: number;
}

type Fetcher<T> = (cursor: number) => Promise<Page<T>>;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let requests = 0;
const fetchNumbers: Fetcher<number> = async (cursor) => {
  requests += 1;
  await sleep(1);
  const items = Array.from({ length: 4 }, (_, index) => cursor * 4 + index);
  return cursor < 4 ? { items, next: cursor + 1 } : { items };
};

async function* paged<T>(fetchPage: Fetcher<T>): AsyncGenerator<T, number> {
  let cursor: number | undefined = 0;
  let pages = 0;
  try {
    while (cursor !== undefined) {
      const page: Page<T> = await fetchPage(cursor);
      pages += 1;
      yield* page.items;
      cursor = page.next;
    }
    return pages;
  } finally {
    console.log(`(source closed after ${pages} pages)`);
  }
}

async function* map<A, B>(source: AsyncIterable<A>, change: (value: A) => B | Promise<B>): AsyncGenerator<B> {
  for await (const value of source) yield await change(value);
}

async function* filter<A, B extends A>(source: AsyncIterable<A>, keep: (value: A) => value is B): AsyncGenerator<B> {
  for await (const value of source) if (keep(value)) yield value;
}

async function* chunked<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const value of source) {
    chunk.push(value);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

class Channel<T> implements AsyncIterable<T> {
  private readonly buffer: T[] = [];
  private wake: (() => void) | null = null;
  private closed = false;

  send(value: T): void {
    this.buffer.push(value);
    this.wake?.();
  }

  close(): void {
    this.closed = true;
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    while (true) {
      if (this.buffer.length > 0) yield this.buffer.shift() as T;
      else if (this.closed) return;
      else {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    }
  }
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const value of source) values.push(value);
  return values;
}

const isOdd = (value: number): value is number => value % 2 === 1;
console.log('odd squares:', (await collect(map(filter(paged(fetchNumbers), isOdd), async (n) => n * n))).join(' '));
console.log('requests:', requests);

for await (const value of paged(fetchNumbers)) {
  if (value > 5) {
    console.log('stopped at', value);
    break;
  }
}
await sleep(2);
console.log('requests:', requests);
console.log('chunks:', JSON.stringify(await collect(chunked(paged(fetchNumbers), 8))));

const channel = new Channel<string>();
const reader = collect(channel);
for (const word of ['one', 'two', 'three']) {
  channel.send(word);
  await sleep(1);
}
channel.close();
console.log('channel:', (await reader).join(', '));

const failing: Fetcher<string> = async (cursor) => {
  if (cursor === 1) throw new Error('page 1 is gone');
  return { items: ['zero'], next: 1 };
};
await collect(paged(failing)).catch((error: unknown) => console.log('failed:', (error as Error).message));
