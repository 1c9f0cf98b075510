/** A timer by when it is due; equal ones keep their order. */
export interface Entry {
  dueMs: number;
  sequence: number;
}

export interface TimerQueue<T extends Entry> {
  add(entry: T): void;
  /** The earliest. */
  peek(): T | undefined;
  take(): T | undefined;
  all(): readonly T[];
}

/** A binary heap: a flood of timers costs a logarithm each. Cancelled entries stay until they are due. */
export function createTimerQueue<T extends Entry>(): TimerQueue<T> {
  const heap: T[] = [];

  function isBefore(a: T | undefined, b: T | undefined): boolean {
    if (a === undefined || b === undefined) return false;
    return a.dueMs === b.dueMs ? a.sequence < b.sequence : a.dueMs < b.dueMs;
  }

  function swap(i: number, j: number): void {
    const [a, b] = [heap[i], heap[j]];
    if (a === undefined || b === undefined) return;
    heap[i] = b;
    heap[j] = a;
  }

  function sink(): void {
    for (let parent = 0; ; ) {
      let least = parent;
      for (const child of [2 * parent + 1, 2 * parent + 2])
        if (isBefore(heap[child], heap[least])) least = child;
      if (least === parent) return;
      swap(parent, least);
      parent = least;
    }
  }

  return {
    add(entry) {
      heap.push(entry);
      for (let child = heap.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1;
        if (!isBefore(heap[child], heap[parent])) return;
        swap(child, parent);
        child = parent;
      }
    },
    peek: () => heap[0],
    take() {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined || heap.length === 0) return first;
      heap[0] = last;
      sink();
      return first;
    },
    all: () => heap,
  };
}
