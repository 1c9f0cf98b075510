/** The web's Event, as far as programs without a document use it. */
export class Event {
  readonly type: string;
  readonly cancelable: boolean;
  target: EventTarget | null = null;
  #prevented = false;
  #stopped = false;

  constructor(type: string, options: { cancelable?: boolean } = {}) {
    this.type = String(type);
    this.cancelable = Boolean(options.cancelable);
  }

  get currentTarget(): EventTarget | null {
    return this.target;
  }

  get defaultPrevented(): boolean {
    return this.#prevented;
  }

  /** Whether a listener asked that no further listener runs. */
  get stopped(): boolean {
    return this.#stopped;
  }

  preventDefault(): void {
    if (this.cancelable) this.#prevented = true;
  }

  stopImmediatePropagation(): void {
    this.#stopped = true;
  }

  stopPropagation(): void {}
}

type Listener = ((event: Event) => unknown) | { handleEvent(event: Event): unknown };

/** One target, no tree: nothing bubbles. */
export class EventTarget {
  #listeners = new Map<string, Map<Listener, boolean>>();

  addEventListener(
    type: string,
    listener: Listener | null,
    options: { once?: boolean } | boolean = {},
  ): void {
    if (listener === null || listener === undefined) return;
    const known = this.#listeners.get(type) ?? new Map<Listener, boolean>();
    const once = typeof options === 'object' && Boolean(options?.once);
    if (!known.has(listener)) known.set(listener, once);
    this.#listeners.set(type, known);
  }

  removeEventListener(type: string, listener: Listener | null): void {
    if (listener !== null) this.#listeners.get(type)?.delete(listener);
  }

  /** Answers false when a listener prevented the default. A throwing listener stops the dispatch. */
  dispatchEvent(event: Event): boolean {
    event.target = this;
    const known = this.#listeners.get(event.type);
    for (const [listener, once] of [...(known ?? [])]) {
      if (event.stopped) break;
      if (!known?.has(listener)) continue;
      if (once) known.delete(listener);
      if (typeof listener === 'function') listener.call(this, event);
      else listener.handleEvent(event);
    }
    return !event.defaultPrevented;
  }
}
