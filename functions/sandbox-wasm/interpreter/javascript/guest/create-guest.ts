import { guestConsole } from './console/console.ts';
import { installStack } from './errors/stack.ts';
import { makeStandardFolders } from './files/place-files.ts';
import { installGlobals } from './globals.ts';
import { type Host, host } from './host.ts';
import { installModuleAccess, loadImport, resolveImport } from './modules/esm.ts';
import { fail } from './run/fail.ts';
import { rejected } from './run/rejections.ts';
import { start } from './run/start.ts';
import { turn } from './run/turn.ts';

/**
 * The guest's side: everything that a program finds, made of nothing but the engine and the host's functions, which
 * come in the order of `hostFunctions`. The program shares this realm and may take it apart; it only harms itself.
 */
export function createGuest(...functions: ((...parameters: never[]) => unknown)[]) {
  const names = Object.keys(host) as (keyof Host)[];
  Object.assign(host, Object.fromEntries(names.map((name, i) => [name, functions[i]])));
  installStack();
  installModuleAccess();
  makeStandardFolders();
  installGlobals(guestConsole);
  return {
    start,
    turn,
    fail: (error: unknown) => fail(error, 'uncaughtException'),
    rejected,
    resolve: resolveImport,
    load: loadImport,
  };
}
