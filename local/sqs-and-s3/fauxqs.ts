import { mkdirSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { buildApp } from 'fauxqs';
// fauxqs's own start function listens on every interface of the machine. What runs untrusted code must not, so
// its parts are assembled here; they aren't exported, hence the paths and the exact pin of its version.
import { PersistenceManager } from '../../node_modules/fauxqs/dist/persistence.js';
import { S3Store } from '../../node_modules/fauxqs/dist/s3/s3Store.js';
import { SnsStore } from '../../node_modules/fauxqs/dist/sns/snsStore.js';
import { type SqsQueue, SqsStore } from '../../node_modules/fauxqs/dist/sqs/sqsStore.js';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../template/resource-names.ts';

export interface Fauxqs {
  readonly app: ReturnType<typeof buildApp>;
  readonly url: string;
  readonly sqs: SqsStore;
  readonly s3: S3Store;
  /** Makes what a receive changes one commit; call it for each queue that is created. */
  protect(queue: SqsQueue): void;
}

/** Private members of PersistenceManager that the fixes below need. */
interface Internals {
  readonly db: DatabaseSync;
  transaction(work: () => void): void;
}

/**
 * SQS and S3 in this process and on a free loopback port, their state in `directory`, or in memory without one.
 * `onAnswer` sees each request that was answered.
 */
export async function startFauxqs(
  directory: string | undefined,
  onAnswer: Parameters<ReturnType<typeof buildApp>['addHook']>[1],
): Promise<Fauxqs> {
  const sqs = new SqsStore();
  const sns = new SnsStore();
  const s3 = new S3Store();
  const app = buildApp({
    logger: false,
    defaultRegion: LOCAL_REGION,
    stores: { sqsStore: sqs, snsStore: sns, s3Store: s3 },
  });
  const persistence = directory === undefined ? undefined : openPersistence(directory);
  app.addHook('onResponse', onAnswer as never);
  app.addHook('onClose', async () => persistence?.close());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });

  const protect = (queue: SqsQueue) => {
    if (persistence === undefined) return;
    queue.persistence = persistence;
    makeReceiveAtomic(queue, persistence as unknown as Internals);
  };
  if (persistence !== undefined) {
    // The port is new at each start, and queue URLs carry it.
    const { db } = persistence as unknown as Internals;
    db.prepare('UPDATE sqs_queues SET url = ? || name').run(`${url}/${LOCAL_ACCOUNT}/`);
    // Loading comes before wiring, or each loaded queue would be written again without its messages.
    persistence.load(sqs, sns, s3);
    sqs.persistence = persistence;
    s3.persistence = persistence;
    for (const queue of sqs.allQueues()) protect(queue);
  }
  return { app, url, sqs, s3, protect };
}

function openPersistence(directory: string): PersistenceManager {
  mkdirSync(directory, { recursive: true });
  const persistence = new PersistenceManager(directory);
  const { db } = persistence as unknown as Internals;
  // With a write-ahead log this survives the death of the process, without an fsync per message.
  db.exec('PRAGMA synchronous = NORMAL');
  // Whoever had received a message died with the process that is being restarted: it is visible again at once.
  const release = 'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL';
  db.exec(`${release} WHERE receipt_handle IS NOT NULL`);
  // fauxqs 2.4.1 also sets the receive count to NULL here, which its own schema refuses.
  const makeReady = db.prepare(`${release} WHERE message_id = ?`);
  persistence.updateMessageReady = (messageId) => {
    makeReady.run(messageId);
  };
  return persistence;
}

/** Moving a message to its dead-letter queue is a delete and an insert: in one commit, a crash can't lose it. */
function makeReceiveAtomic(queue: SqsQueue, internals: Internals): void {
  const dequeue = queue.dequeue.bind(queue);
  queue.dequeue = (...args) => {
    let received: ReturnType<typeof dequeue> = [];
    internals.transaction(() => {
      received = dequeue(...args);
    });
    return received;
  };
}
