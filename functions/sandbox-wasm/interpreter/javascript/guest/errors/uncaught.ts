import { isError } from '../library/inspect/brand.ts';
import { inspect } from '../library/inspect.ts';
import { mainName } from '../modules/main-file.ts';
import type { ProgramError } from '../run/exit.ts';
import type { Origin } from '../run/fail.ts';
import { engineStack, firstSite, lineOf, parseSite } from './call-sites.ts';
import { constructorName } from './constructor-name.ts';
import { engineErrorPrototype } from './range-errors.ts';

export function isOutOfMemory(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if (Object.getPrototypeOf(error) !== engineErrorPrototype) return false;
  return attempt(() => Reflect.get(error, 'message') === 'out of memory', false);
}

/** What stderr says of it: the source line, then the error with its calls. Never throws. */
export function describeUncaught(error: unknown, origin: Origin): string {
  const text = attempt(() => inspect(error), '[an error that fails to describe itself]');
  if (isError(error)) return `${attempt(() => excerpt(error), '')}${text}\n`;
  if (origin === 'uncaughtException') return `Uncaught ${text}\n`;
  return `${rejectionText(text)}\n`;
}

/** The same as data. Never throws. */
export function programErrorOf(error: unknown): ProgramError {
  if (!isError(error)) {
    const type =
      typeof error === 'object' && error !== null
        ? attempt(() => constructorName(error), null)
        : typeof error;
    const message = typeof error === 'string' ? error : attempt(() => inspect(error), '');
    return { type: type ?? 'Object', message, line: null };
  }
  return {
    type: attempt(() => typeOf(error), 'Error'),
    message: attempt(() => String(error.message), ''),
    line: attempt(() => mainLine(error), null),
  };
}

function typeOf(error: Error): string {
  const name = String(error.name);
  const isGeneric = name === 'Error' || name === '' || name.includes('[');
  return isGeneric ? (constructorName(error) ?? 'Error') : name;
}

/** The line of the main file where the error arose, or of the call from there that led to it. */
function mainLine(error: Error): number | null {
  for (const line of (engineStack(error) ?? '').split('\n')) {
    const site = parseSite(line);
    if (site?.file === mainName()) return site.line;
  }
  return null;
}

function excerpt(error: Error): string {
  const site = firstSite(error);
  if (site === null) return '';
  const source = lineOf(site.file, site.line);
  const marker = site.column <= source.length + 1 ? `${' '.repeat(site.column - 1)}^` : '';
  return `${site.file}:${site.line}\n${source.slice(0, 500)}\n${marker.slice(0, 500)}\n\n`;
}

function rejectionText(reason: string): string {
  return (
    'UnhandledPromiseRejection: This error originated either by throwing inside of an async function without a ' +
    'catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the ' +
    `reason ${reason}.`
  );
}

function attempt<T>(read: () => T, fallback: T): T {
  try {
    return read();
  } catch {
    return fallback;
  }
}
