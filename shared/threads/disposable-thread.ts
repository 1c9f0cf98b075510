import { Worker } from 'node:worker_threads';

/** Work that hostile input can hang or break for good, in a thread that is thrown away when it does. */
export interface DisposableThread<Question, Answer> {
  /** One question at a time, in order. Null when the thread ended, or took longer over it than `patienceMs`. */
  ask(question: Question, patienceMs: number): Promise<Answer | null>;
  close(): Promise<void>;
}

export interface ThreadOptions<Answer> {
  /** Its program answers each message with one message. In a bundle it is a file beside the handler. */
  program: URL;
  heapMiB: number;
  /** Whether the thread that gave this answer is broken by it. */
  isLast?: (answer: Answer) => boolean;
  /** Ends a thread that was asked nothing for so long, which frees its memory. */
  idleMs?: number;
  /** The thread has been thrown away, and all that it had loaded. */
  onEnd?: () => void;
}

/** Time that passes while Lambda has the process frozen brings one tick at most, so that it ends no thread. */
const idleTicks = 6;

/** The thread starts with the first question, and anew with the one after it was lost. It keeps no process alive. */
export function createDisposableThread<Question, Answer>(
  options: ThreadOptions<Answer>,
): DisposableThread<Question, Answer> {
  let thread: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const ending = new Set<Promise<unknown>>();
  let questions = 0;
  let ticksWithout = 0;
  const ticking =
    options.idleMs === undefined ? undefined : setInterval(tick, options.idleMs / idleTicks).unref();

  function tick(): void {
    ticksWithout = questions > 0 ? 0 : ticksWithout + 1;
    if (thread !== null && ticksWithout >= idleTicks) throwAway(thread);
  }

  /** Nobody waits for it: a thread that collects garbage takes a while to end. */
  function throwAway(lost: Worker): void {
    thread = null;
    options.onEnd?.();
    const end = lost.terminate().finally(() => ending.delete(end));
    ending.add(end);
  }

  async function askNext(question: Question, patienceMs: number): Promise<Answer | null> {
    thread ??= startThread(options);
    const used = thread;
    ticksWithout = 0;
    const answer = await awaitAnswer<Answer>(used, question, patienceMs);
    if (answer === null || options.isLast?.(answer) === true) throwAway(used);
    return answer;
  }

  return {
    ask(question, patienceMs) {
      questions += 1;
      const result = last
        .then(() => askNext(question, patienceMs))
        .finally(() => {
          questions -= 1;
        });
      last = result.catch(() => {});
      return result;
    },
    async close() {
      clearInterval(ticking);
      await last;
      if (thread !== null) throwAway(thread);
      await Promise.all(ending);
    },
  };
}

function startThread({ program, heapMiB }: ThreadOptions<never>): Worker {
  const thread = new Worker(program, {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMiB, maxYoungGenerationSizeMb: 12 },
  });
  // Whoever waits for an answer sees its end; an error between two of them has nobody to tell.
  thread.on('error', () => {});
  thread.unref();
  return thread;
}

function awaitAnswer<Answer>(thread: Worker, question: unknown, patienceMs: number): Promise<Answer | null> {
  const { promise, resolve } = Promise.withResolvers<Answer | null>();
  const giveUp = () => resolve(null);
  const timer = setTimeout(giveUp, patienceMs);
  thread.once('message', resolve).once('error', giveUp).once('exit', giveUp);
  thread.postMessage(question);
  return promise.finally(() => {
    clearTimeout(timer);
    thread.off('message', resolve).off('error', giveUp).off('exit', giveUp);
  });
}
