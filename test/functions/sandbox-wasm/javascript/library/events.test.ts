import { EventEmitter as NodeEmitter } from 'node:events';
import { inspect as nodeInspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/events.ts';
import { inspect } from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/inspect.ts';

type Log = unknown[];
const ours = EventEmitter as unknown as typeof NodeEmitter;

const scenarios: [string, (emitter: NodeEmitter, log: Log) => void][] = [
  [
    'order',
    (e, log) => {
      e.on('x', () => log.push(1));
      e.prependListener('x', () => log.push(0));
      e.on('x', () => log.push(2));
      e.emit('x');
    },
  ],
  [
    'arguments and this',
    (e, log) => {
      e.on('x', function (this: unknown, ...args) {
        log.push(this === e, ...args);
      });
      log.push(e.emit('x', 1, 'a'));
    },
  ],
  [
    'nobody listens',
    (e, log) => {
      log.push(e.emit('x'));
    },
  ],
  [
    'once',
    (e, log) => {
      e.once('x', (n) => log.push(n));
      e.emit('x', 1);
      e.emit('x', 2);
      log.push(e.listenerCount('x'));
    },
  ],
  [
    'prependOnce',
    (e, log) => {
      e.on('x', () => log.push('b'));
      e.prependOnceListener('x', () => log.push('a'));
      e.emit('x');
      e.emit('x');
    },
  ],
  [
    'off',
    (e, log) => {
      const f = () => log.push('f');
      e.on('x', f);
      e.on('x', f);
      e.off('x', f);
      e.emit('x');
      log.push(e.listenerCount('x', f));
    },
  ],
  [
    'off of once',
    (e, log) => {
      const f = () => log.push('f');
      e.once('x', f);
      e.off('x', f);
      log.push(e.emit('x'));
    },
  ],
  [
    'removing while emitting',
    (e, log) => {
      const b = () => log.push('b');
      e.on('x', () => {
        log.push('a');
        e.off('x', b);
      });
      e.on('x', b);
      e.emit('x');
      e.emit('x');
    },
  ],
  [
    'adding while emitting',
    (e, log) => {
      e.on('x', () => {
        log.push('a');
        e.on('x', () => log.push('late'));
      });
      e.emit('x');
    },
  ],
  [
    'unhandled text',
    (e) => {
      e.emit('error', 'boom');
    },
  ],
  [
    'unhandled object',
    (e) => {
      e.emit('error', { a: 1 });
    },
  ],
  [
    'handled error',
    (e, log) => {
      e.on('error', (problem) => log.push(problem.message));
      e.emit('error', new Error('x'));
    },
  ],
  [
    'names',
    (e, log) => {
      const s = Symbol('s');
      e.on('b', () => {});
      e.on('a', () => {});
      e.on(s, () => {});
      log.push(...e.eventNames().map(String));
    },
  ],
  [
    'removeAll of one',
    (e, log) => {
      e.on('a', () => {});
      e.on('b', () => {});
      e.removeAllListeners('a');
      log.push(e.eventNames());
    },
  ],
  [
    'removeAll',
    (e, log) => {
      e.on('a', () => {});
      e.on('b', () => {});
      e.removeAllListeners();
      log.push(e.eventNames());
    },
  ],
  [
    'newListener',
    (e, log) => {
      e.on('newListener', (name) => log.push(name));
      e.on('x', () => {});
      e.once('y', () => {});
    },
  ],
  [
    'removeListener event',
    (e, log) => {
      const f = () => {};
      e.on('removeListener', (name, g) => log.push(name, g === f));
      e.on('x', f);
      e.off('x', f);
    },
  ],
  [
    'raw',
    (e, log) => {
      const f = () => {};
      e.once('x', f);
      log.push(e.rawListeners('x')[0] === f, e.listeners('x')[0] === f);
    },
  ],
  [
    'max',
    (e, log) => {
      log.push(e.getMaxListeners());
      e.setMaxListeners(3);
      log.push(e.getMaxListeners());
    },
  ],
  [
    'bad listener',
    (e) => {
      e.on('x', 5 as unknown as () => void);
    },
  ],
  [
    'chaining',
    (e, log) => {
      log.push(
        e
          .on('x', () => {})
          .once('y', () => {})
          .off('z', () => {}) === e,
      );
    },
  ],
];

function outcome(Emitter: typeof NodeEmitter, run: (emitter: NodeEmitter, log: Log) => void): unknown[] {
  const log: Log = [];
  try {
    run(new Emitter(), log);
  } catch (failure) {
    log.push(
      'thrown',
      (failure as Error).name,
      Reflect.get(failure as object, 'code'),
      (failure as Error).message,
    );
  }
  return log;
}

describe('EventEmitter behaves like node', () => {
  it.each(scenarios)('%s', (_name, run) => {
    expect(outcome(ours, run)).toEqual(outcome(NodeEmitter, run));
  });

  it('throws an error that nobody listens to as it is', () => {
    const problem = new TypeError('boom');

    expect(() => new EventEmitter().emit('error', problem)).toThrow(problem);
  });

  it('prints like node', () => {
    class Shop extends EventEmitter {
      stock = 1;
    }
    class NodeShop extends NodeEmitter {
      stock = 1;
    }

    expect(inspect(new Shop())).toBe(nodeInspect(new NodeShop()).replace('NodeShop', 'Shop'));
  });

  it('resolves once with the arguments and rejects on an error that comes first', async () => {
    const emitter = new EventEmitter();

    const ready = EventEmitter.once(emitter, 'ready');
    emitter.emit('ready', 1, 2);
    const broken = EventEmitter.once(emitter, 'ready');
    emitter.emit('error', new Error('broken'));

    await expect(ready).resolves.toEqual([1, 2]);
    await expect(broken).rejects.toThrow('broken');
    expect(emitter.eventNames()).toEqual([]);
  });
});
