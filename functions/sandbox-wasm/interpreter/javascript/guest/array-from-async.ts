import { defineHidden } from './define.ts';

type Source<T> = AsyncIterable<T> | Iterable<T | Promise<T>> | ArrayLike<T | Promise<T>>;

/** `Array.fromAsync`, which the engine doesn't have yet. */
export function installArrayFromAsync(): void {
  defineHidden(Array, {
    async fromAsync<T, U>(
      source: Source<T>,
      map?: (item: T, index: number) => U | Promise<U>,
    ): Promise<(T | U)[]> {
      const items: (T | U)[] = [];
      for await (const item of iterate(source)) {
        items.push(map === undefined ? item : await map(item, items.length));
      }
      return items;
    },
  });
}

function iterate<T>(source: Source<T>): AsyncIterable<T> | Iterable<T | Promise<T>> {
  return Symbol.asyncIterator in source || Symbol.iterator in source ? source : Array.from(source);
}
