import { queueVisibilitySeconds } from '../../../shared/domain/timing.ts';

interface Message<Content> {
  content: Content;
  visibleAtMs: number;
  deliveries: number;
}

/** A message in somebody's hands. Left alone it is visible again when its visibility timeout is over. */
export interface Delivery<Content> {
  content: Content;
  /** From the dead-letter queue. */
  isDead: boolean;
  remove(): void;
  delay(seconds: number): void;
}

/** A queue and its dead letters: at least once, in no order, by a clock that tests move. */
export interface MemoryQueue<Content> {
  send(content: Content, delaySeconds?: number): Promise<void>;
  receive(): Delivery<Content> | null;
  /** When the next message is visible; null when there is none at all. */
  nextAtMs(): number | null;
}

export function createMemoryQueue<Content>({
  maxDeliveries,
  nowMs,
  random,
  duplicateShare,
}: {
  /** Of one message, before it is a dead letter. */
  maxDeliveries: number;
  nowMs: () => number;
  /** In [0, 1). */
  random: () => number;
  /** How many of the messages are delivered once more than need be. */
  duplicateShare: number;
}): MemoryQueue<Content> {
  const living = new Set<Message<Content>>();
  const dead = new Set<Message<Content>>();

  const take = (messages: Set<Message<Content>>): Message<Content> | null => {
    const visible = [...messages].filter(({ visibleAtMs }) => visibleAtMs <= nowMs());
    return visible[Math.floor(random() * visible.length)] ?? null;
  };
  const deliver = (messages: Set<Message<Content>>, message: Message<Content>): Delivery<Content> => {
    message.deliveries += 1;
    message.visibleAtMs = nowMs() + queueVisibilitySeconds * 1000;
    const { content } = message;
    return {
      content,
      isDead: messages === dead,
      remove: () => messages.delete(message),
      delay(seconds) {
        message.visibleAtMs = nowMs() + seconds * 1000;
      },
    };
  };

  return {
    async send(content, delaySeconds = 0) {
      const copies = random() < duplicateShare ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) {
        living.add({ content, visibleAtMs: nowMs() + delaySeconds * 1000 + copy * 50, deliveries: 0 });
      }
    },
    receive() {
      const letter = take(dead);
      if (letter !== null) return deliver(dead, letter);
      const message = take(living);
      if (message === null) return null;
      if (message.deliveries < maxDeliveries) return deliver(living, message);
      living.delete(message);
      dead.add(message);
      return deliver(dead, message);
    },
    nextAtMs() {
      const times = [...living, ...dead].map(({ visibleAtMs }) => visibleAtMs);
      return times.length === 0 ? null : times.reduce((least, at) => Math.min(least, at));
    },
  };
}
