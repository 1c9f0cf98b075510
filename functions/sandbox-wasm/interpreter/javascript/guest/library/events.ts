import { codedError, wrongType } from './coded-error.ts';
import { inspect } from './inspect/inspect-value.ts';

export type Listener = (...args: never[]) => unknown;
type EventName = PropertyKey;

/** What a `once` registration leaves in the list: it calls the listener after taking itself out. */
interface OnceWrapper {
  (...args: never[]): unknown;
  listener: Listener;
}

const OMITTED_STATE = [Symbol('shapeMode'), Symbol('kCapture')];

/** `node:events`: listeners run in the order they were added, on the caller's stack. */
export class EventEmitter {
  static defaultMaxListeners = 10;
  static errorMonitor: symbol = Symbol('events.errorMonitor');
  static EventEmitter: typeof EventEmitter = EventEmitter;

  // Named and ordered as Node's own fields, because printing an emitter shows them.
  _events: Record<EventName, Listener[] | undefined> = Object.create(null);
  _eventsCount = 0;
  _maxListeners: number | undefined = undefined;

  constructor() {
    for (const state of OMITTED_STATE) Reflect.set(this, state, false);
  }

  /** Resolves with the arguments of the next such event; rejects with an `error` that comes first. */
  static once(emitter: EventEmitter, name: EventName): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      const fulfil = (...args: unknown[]) => {
        emitter.removeListener('error', fail);
        resolve(args);
      };
      const fail = (error: unknown) => {
        emitter.removeListener(name, fulfil);
        reject(error);
      };
      emitter.once(name, fulfil);
      if (name !== 'error') emitter.once('error', fail);
    });
  }

  /** All such events from now on, without end; an `error` ends them by throwing. */
  static async *on(emitter: EventEmitter, name: EventName): AsyncGenerator<unknown[]> {
    const queue: unknown[][] = [];
    let wake = () => {};
    let failure: { error: unknown } | undefined;
    const keep = (...args: unknown[]) => {
      queue.push(args);
      wake();
    };
    const fail = (error: unknown) => {
      failure = { error };
      wake();
    };
    emitter.on(name, keep);
    if (name !== 'error') emitter.on('error', fail);
    try {
      for (;;) {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) yield next;
        if (failure !== undefined) throw failure.error;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      emitter.off(name, keep);
      emitter.off('error', fail);
    }
  }

  static listenerCount(emitter: EventEmitter, name: EventName): number {
    return emitter.listenerCount(name);
  }

  on(name: EventName, listener: Listener): this {
    return this.#add(name, listener, listener, 'last');
  }

  addListener(name: EventName, listener: Listener): this {
    return this.on(name, listener);
  }

  prependListener(name: EventName, listener: Listener): this {
    return this.#add(name, listener, listener, 'first');
  }

  once(name: EventName, listener: Listener): this {
    return this.#add(name, listener, this.#onceWrapper(name, listener), 'last');
  }

  prependOnceListener(name: EventName, listener: Listener): this {
    return this.#add(name, listener, this.#onceWrapper(name, listener), 'first');
  }

  off(name: EventName, listener: Listener): this {
    return this.removeListener(name, listener);
  }

  removeListener(name: EventName, listener: Listener): this {
    checkListener(listener);
    const list = this._events[name];
    if (list === undefined) return this;
    const at = list.findLastIndex((entry) => entry === listener || originalOf(entry) === listener);
    if (at === -1) return this;
    // A new list: an emit that is under way goes on over the old one.
    this.#replace(name, list.toSpliced(at, 1));
    if (this._events.removeListener !== undefined) this.emit('removeListener', name, listener);
    return this;
  }

  removeAllListeners(name?: EventName): this {
    if (name !== undefined) {
      for (const listener of this.listeners(name).reverse()) this.removeListener(name, listener);
      return this;
    }
    for (const each of this.eventNames()) if (each !== 'removeListener') this.removeAllListeners(each);
    this._events = Object.create(null);
    this._eventsCount = 0;
    return this;
  }

  /** Answers whether anybody listened; an `error` nobody listens to is thrown. */
  emit(name: EventName, ...args: unknown[]): boolean {
    if (name === 'error') {
      const monitors = this._events[EventEmitter.errorMonitor];
      if (monitors !== undefined) this.emit(EventEmitter.errorMonitor, ...args);
    }
    const list = this._events[name];
    if (list === undefined) {
      if (name === 'error') throw unhandled(args[0]);
      return false;
    }
    for (const listener of list) Reflect.apply(listener, this, args);
    return true;
  }

  listenerCount(name: EventName, listener?: Listener): number {
    const all = this._events[name] ?? [];
    return listener === undefined
      ? all.length
      : this.listeners(name).filter((each) => each === listener).length;
  }

  listeners(name: EventName): Listener[] {
    return (this._events[name] ?? []).map(originalOf);
  }

  rawListeners(name: EventName): Listener[] {
    return [...(this._events[name] ?? [])];
  }

  eventNames(): EventName[] {
    return Reflect.ownKeys(this._events);
  }

  setMaxListeners(count: number): this {
    this._maxListeners = count;
    return this;
  }

  /** Kept and answered only: there is no leak warning here. */
  getMaxListeners(): number {
    return this._maxListeners ?? EventEmitter.defaultMaxListeners;
  }

  #add(name: EventName, listener: Listener, entry: Listener, place: 'first' | 'last'): this {
    checkListener(listener);
    if (this._events.newListener !== undefined) this.emit('newListener', name, listener);
    const list = this._events[name] ?? [];
    this.#replace(name, place === 'last' ? [...list, entry] : [entry, ...list]);
    return this;
  }

  #replace(name: EventName, list: Listener[]): void {
    const known = this._events[name] !== undefined;
    if (list.length === 0) delete this._events[name];
    else this._events[name] = list;
    this._eventsCount += Number(list.length > 0) - Number(known);
  }

  #onceWrapper(name: EventName, listener: Listener): OnceWrapper {
    checkListener(listener);
    let fired = false;
    const wrapper = (...args: unknown[]): unknown => {
      if (fired) return undefined;
      fired = true;
      this.removeListener(name, wrapper);
      return Reflect.apply(listener, this, args);
    };
    return Object.assign(wrapper, { listener });
  }
}

function originalOf(entry: Listener): Listener {
  return 'listener' in entry && typeof entry.listener === 'function' ? (entry.listener as Listener) : entry;
}

function checkListener(listener: unknown): void {
  if (typeof listener !== 'function') throw wrongType('listener', 'of type function', listener);
}

function unhandled(error: unknown): unknown {
  if (error instanceof Error) return error;
  const message = `Unhandled error. (${typeof error === 'string' ? `'${error}'` : inspect(error)})`;
  return Object.assign(codedError(Error, 'ERR_UNHANDLED_ERROR', message), { context: error });
}
