import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { createDisposableThread, type DisposableThread } from '../../shared/threads/disposable-thread.ts';

const program = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from 'node:worker_threads';
    parentPort.on('message', (question) => {
      if (question === 'hang') for (;;);
      if (question === 'throw') throw new Error('hostile');
      parentPort.postMessage(threadId);
    });
  `)}`,
);
let thread: DisposableThread<string, number>;

afterEach(() => thread.close());

function start(more: { idleMs?: number; isLast?: (id: number) => boolean } = {}): { ends: () => number } {
  let ends = 0;
  thread = createDisposableThread({ program, heapMiB: 32, onEnd: () => void ends++, ...more });
  return { ends: () => ends };
}

test('one thread answers all questions, in order', async () => {
  const { ends } = start();
  const ids = await Promise.all([1, 2, 3].map(() => thread.ask('id', 10_000)));

  expect(new Set(ids).size).toBe(1);
  expect(ends()).toBe(0);
});

test.each(['hang', 'throw'])(
  'a question that makes it %s has no answer, and the next one has',
  async (question) => {
    const { ends } = start();
    const before = await thread.ask('id', 10_000);

    expect(await thread.ask(question, 300)).toBeNull();

    const after = await thread.ask('id', 10_000);
    expect(after).not.toBeNull();
    expect(after).not.toBe(before);
    expect(ends()).toBe(1);
  },
);

test('an answer that breaks it is its last', async () => {
  start({ isLast: () => true });
  expect(await thread.ask('id', 10_000)).not.toBe(await thread.ask('id', 10_000));
});

test('a thread that is asked nothing ends, and another answers', async () => {
  const { ends } = start({ idleMs: 120 });
  const before = await thread.ask('id', 10_000);
  expect(ends()).toBe(0);

  while (ends() === 0) await delay(20);

  expect(await thread.ask('id', 10_000)).not.toBe(before);
});

test('a thread that is at work is not idle', async () => {
  const { ends } = start({ idleMs: 60 });
  await thread.ask('id', 10_000);

  await thread.ask('hang', 500);

  expect(ends()).toBe(1);
});
