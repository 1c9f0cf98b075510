import { describe, expect, it } from '@jest/globals';
import {
  AbortController,
  AbortSignal,
  Event,
  EventTarget,
  setAbortTimer,
} from '../../../../../functions/sandbox-wasm/interpreter/javascript/guest/library/abort.ts';

describe('AbortController', () => {
  it('tells its listeners once, with the reason', () => {
    const controller = new AbortController();
    const log: unknown[] = [];
    controller.signal.onabort = () => log.push('on');
    controller.signal.addEventListener('abort', (event) =>
      log.push(event.type, event.target === controller.signal),
    );

    controller.abort('why');
    controller.abort('again');

    expect(log).toEqual(['on', 'abort', true]);
    expect(controller.signal.reason).toBe('why');
    expect(() => controller.signal.throwIfAborted()).toThrow('why');
  });

  it('aborts with an AbortError when no reason is given', () => {
    const { reason } = AbortSignal.abort();

    expect(reason).toMatchObject({ name: 'AbortError', code: 20, message: 'This operation was aborted' });
  });

  it('times out on the timer it was given', () => {
    let fire = () => {};
    setAbortTimer((run, delayMs) => {
      fire = run;
      expect(delayMs).toBe(50);
    });
    const signal = AbortSignal.timeout(50);

    expect(signal.aborted).toBe(false);
    fire();

    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('follows the first of several signals', () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const any = AbortSignal.any([first.signal, second.signal]);

    second.abort('second');
    first.abort('first');

    expect(any.reason).toBe('second');
  });

  it('makes no signal for anybody else', () => {
    expect(() => new AbortSignal()).toThrow(TypeError);
  });
});

describe('EventTarget', () => {
  it('runs listeners in order, once when asked, and stops when told', () => {
    const target = new EventTarget();
    const log: string[] = [];
    target.addEventListener('x', () => log.push('a'), { once: true });
    target.addEventListener('x', { handleEvent: (event) => event.preventDefault() });
    target.addEventListener('x', (event) => event.stopImmediatePropagation());
    target.addEventListener('x', () => log.push('never'));

    const kept = [new Event('x', { cancelable: true }), new Event('x')].map((event) =>
      target.dispatchEvent(event),
    );

    expect(kept).toEqual([false, true]);
    expect(log).toEqual(['a']);
  });
});
