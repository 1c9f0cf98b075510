import { isError } from './brand.ts';
import { prefixFor } from './class-name.ts';
import type { Inspection } from './inspection.ts';

/** The text that stands for an error: its stack, or its header in brackets when it has none. */
export function errorBase(
  error: Error,
  keys: PropertyKey[],
  className: string | null,
  tag: string,
  inspection: Inspection,
): string {
  const name = error.name == null ? 'Error' : String(error.name);
  const raw = stackOf(error);
  adjustKeys(error, raw, keys, inspection.showHidden);
  const stack = withClassName(raw, name, className, tag);
  const frames = framesStart(stack, error);
  const text =
    frames === -1 ? `[${stack}]` : stack.slice(0, frames) + shortenFrames(stack.slice(frames), error);
  return inspection.indentation === 0
    ? text
    : text.replaceAll('\n', `\n${' '.repeat(inspection.indentation)}`);
}

/** Node's stack leads with `Name: message`; QuickJS gives the frames only, so the header goes in front. */
function stackOf(error: Error): string {
  const header = headerOf(error);
  const stack: unknown = error.stack;
  if (typeof stack !== 'string' || stack === '') return header;
  const framesOnly = /^\s+at /.test(stack);
  return framesOnly ? `${header}\n${stack.trimEnd()}` : stack.trimEnd();
}

function headerOf(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

/** Drops what the stack already says, adds the cause and the aggregated errors. */
function adjustKeys(error: Error, stack: string, keys: PropertyKey[], showHidden: boolean): void {
  if (!showHidden) {
    for (const name of ['name', 'message', 'stack'] as const) {
      const at = keys.indexOf(name);
      const said: unknown = error[name];
      if (at !== -1 && (typeof said !== 'string' || name === 'stack' || stack.includes(said)))
        keys.splice(at, 1);
    }
  }
  if ('cause' in error && !keys.includes('cause')) keys.push('cause');
  if ('errors' in error && Array.isArray(error.errors) && !keys.includes('errors')) keys.push('errors');
}

/** `TypeError: x` of a class that kept its parent's name becomes `MyError [TypeError]: x`. */
function withClassName(stack: string, name: string, className: string | null, tag: string): string {
  const named =
    name.endsWith('Error') && stack.startsWith(name) && [undefined, ':', '\n'].includes(stack[name.length]);
  if (className !== null && !named) return stack;
  const written = className === null ? headName(stack) : name;
  const prefix = prefixFor(className, tag, written || 'Error').slice(0, -1);
  if (name === prefix) return stack;
  if (!prefix.includes(name)) return `${prefix} [${name}]${stack.slice(written.length)}`;
  return written === '' ? `${prefix}: ${stack}` : `${prefix}${stack.slice(written.length)}`;
}

function headName(stack: string): string {
  return (
    /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)|^([a-z_A-Z0-9-]*Error)$/.exec(stack)?.slice(1).find(Boolean) ??
    ''
  );
}

/** Where the frames begin: after the message, which may itself hold a line that looks like one. */
function framesStart(stack: string, error: Error): number {
  const message = String(error.message ?? '');
  const at = message === '' ? -1 : stack.indexOf(message);
  return stack.indexOf('\n    at', at === -1 ? 0 : at + message.length);
}

/** Fewer repeated lines than this are printed in full. */
const FEWEST_SKIPPED = 3;

/** The frames that the cause prints too are said once. */
function shortenFrames(frames: string, error: Error): string {
  if (!isError(error.cause)) return frames;
  const causeStack = stackOf(error.cause);
  const causeStart = causeStack.indexOf('\n    at');
  if (causeStart === -1) return frames;
  const own = frames.slice(1).split('\n');
  const theirs = causeStack.slice(causeStart + 1).split('\n');
  const { start, length } = longestCommonRun(own, theirs);
  if (length <= FEWEST_SKIPPED) return frames;
  const skipped = length - 2;
  own.splice(start + 1, skipped, `    ... ${skipped} lines matching cause stack trace ...`);
  return `\n${own.join('\n')}`;
}

/** The first run of own lines that also runs in the other: stacks are ten lines, so trying all is cheap. */
function longestCommonRun(own: string[], other: string[]): { start: number; length: number } {
  for (let start = 0; start < own.length - FEWEST_SKIPPED; start++) {
    const at = other.indexOf(own[start] ?? '');
    if (at === -1) continue;
    let length = 1;
    while (start + length < own.length && own[start + length] === other[at + length]) length++;
    if (length > FEWEST_SKIPPED) return { start, length };
  }
  return { start: 0, length: 0 };
}
