import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { Sandboxes } from '../sandboxes/sandboxes.ts';
import type { Call } from './call.ts';
import * as control from './control/control-calls.ts';
import * as filesystem from './envd/filesystem-calls.ts';
import * as processes from './envd/process-calls.ts';
import * as streams from './envd/process-streams.ts';
import { readFile } from './envd/read-file.ts';
import { writeFiles } from './envd/write-files.ts';
import { type CallsWith, type SupportedCall, supportedCalls } from './support-table.ts';

type Answer = void | Promise<void>;
type InSandbox = 'unary' | 'stream' | 'files';

export const sandboxesHandlers: Record<
  CallsWith<'sandboxes'>,
  (sandboxes: Sandboxes, call: Call) => Answer
> = {
  'POST /sandboxes': control.create,
  'GET /sandboxes': control.list,
};

export const sandboxHandlers: Record<
  CallsWith<'sandbox'>,
  (sandboxes: Sandboxes, call: Call, sandbox: Sandbox) => Answer
> = {
  'GET /sandboxes/{sandboxID}': control.get,
  'POST /sandboxes/{sandboxID}/connect': control.connect,
  'POST /sandboxes/{sandboxID}/timeout': control.setTimeout,
  'GET /sandboxes/{sandboxID}/metrics': control.metrics,
  'DELETE /sandboxes/{sandboxID}': control.kill,
};

export const insideHandlers: Record<CallsWith<InSandbox>, (sandbox: Sandbox, call: Call) => Answer> = {
  'POST /process.Process/Start': streams.start,
  'POST /process.Process/Connect': streams.connect,
  'POST /process.Process/List': processes.list,
  'POST /process.Process/SendInput': processes.sendInput,
  'POST /process.Process/CloseStdin': processes.closeStdin,
  'POST /process.Process/SendSignal': processes.sendSignal,
  'POST /filesystem.Filesystem/Stat': filesystem.stat,
  'POST /filesystem.Filesystem/ListDir': filesystem.listDir,
  'POST /filesystem.Filesystem/MakeDir': filesystem.makeDir,
  'POST /filesystem.Filesystem/Remove': filesystem.remove,
  'POST /filesystem.Filesystem/Move': filesystem.move,
  'GET /files': readFile,
  'POST /files': writeFiles,
};

/** A request as the name of its call, with the sandbox that its path names. */
export interface Route {
  name: SupportedCall;
  pathId: string | null;
}

const sandboxPath = /^\/sandboxes\/([^/]+)((?:\/[a-z]+)?)$/;

/** Null: it is not supported. */
export function findRoute(method: string, path: string): Route | null {
  const versionless = path.startsWith('/v2/sandboxes') ? path.slice('/v2'.length) : path;
  const [, pathId = null, action = ''] = sandboxPath.exec(versionless) ?? [];
  const name = `${method} ${pathId === null ? versionless : `/sandboxes/{sandboxID}${action}`}`;
  return isSupported(name) ? { name, pathId } : null;
}

function isSupported(name: string): name is SupportedCall {
  return Object.hasOwn(supportedCalls, name);
}

export function isCallWith<Handlers extends object>(
  handlers: Handlers,
  name: SupportedCall,
): name is SupportedCall & keyof Handlers {
  return Object.hasOwn(handlers, name);
}
