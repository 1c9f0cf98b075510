/**
 * Every call of E2B's API that this host answers. The routes are made from it, and so is the table in the docs: what
 * is not in it is answered with 501.
 *
 * `access` says what a call acts on, and what a client proves itself with:
 *   open      nothing, no proof
 *   host      the host, with the API key
 *   sandboxes all sandboxes, with the API key
 *   sandbox   one sandbox, with the API key
 *   unary, stream, files   the inside of one sandbox, with its own access token
 */
export const supportedCalls = {
  'GET /health': {
    access: 'open',
    sdk: 'sandbox.isRunning()',
    note: 'Without a sandbox: whether the host takes new ones.',
  },
  'GET /metrics': { access: 'host', sdk: null, note: 'Not of E2B: the state of the host, for Prometheus.' },
  'POST /sandboxes': {
    access: 'sandboxes',
    sdk: 'Sandbox.create()',
    note: 'Templates base (= python), python, python-data, javascript, bash. Never a network. A full host answers 429.',
  },
  'GET /sandboxes': { access: 'sandboxes', sdk: 'Sandbox.list()', note: 'All filters, order and pages.' },
  'GET /sandboxes/{sandboxID}': { access: 'sandbox', sdk: 'sandbox.getInfo()', note: null },
  'POST /sandboxes/{sandboxID}/connect': {
    access: 'sandbox',
    sdk: 'Sandbox.connect()',
    note: 'There are no paused sandboxes.',
  },
  'POST /sandboxes/{sandboxID}/timeout': {
    access: 'sandbox',
    sdk: 'sandbox.setTimeout()',
    note: 'At most 24 hours.',
  },
  'GET /sandboxes/{sandboxID}/metrics': {
    access: 'sandbox',
    sdk: 'sandbox.getMetrics()',
    note: 'One reading, of now. Files count as memory.',
  },
  'DELETE /sandboxes/{sandboxID}': { access: 'sandbox', sdk: 'sandbox.kill()', note: null },
  'POST /process.Process/Start': {
    access: 'stream',
    sdk: 'sandbox.commands.run()',
    note: 'Without a terminal (pty).',
  },
  'POST /process.Process/Connect': { access: 'stream', sdk: 'sandbox.commands.connect()', note: null },
  'POST /process.Process/List': { access: 'unary', sdk: 'sandbox.commands.list()', note: null },
  'POST /process.Process/SendInput': { access: 'unary', sdk: 'sandbox.commands.sendStdin()', note: null },
  'POST /process.Process/CloseStdin': { access: 'unary', sdk: 'sandbox.commands.closeStdin()', note: null },
  'POST /process.Process/SendSignal': {
    access: 'unary',
    sdk: 'sandbox.commands.kill()',
    note: 'SIGTERM and SIGKILL.',
  },
  'POST /filesystem.Filesystem/Stat': {
    access: 'unary',
    sdk: 'sandbox.files.getInfo(), exists()',
    note: null,
  },
  'POST /filesystem.Filesystem/ListDir': { access: 'unary', sdk: 'sandbox.files.list()', note: null },
  'POST /filesystem.Filesystem/MakeDir': { access: 'unary', sdk: 'sandbox.files.makeDir()', note: null },
  'POST /filesystem.Filesystem/Remove': { access: 'unary', sdk: 'sandbox.files.remove()', note: null },
  'POST /filesystem.Filesystem/Move': { access: 'unary', sdk: 'sandbox.files.rename()', note: null },
  'GET /files': {
    access: 'files',
    sdk: 'sandbox.files.read()',
    note: 'With the access token, not with a signed URL.',
  },
  'POST /files': {
    access: 'files',
    sdk: 'sandbox.files.write()',
    note: 'As a form or as application/octet-stream, gzip too, up to 128 MiB. Without metadata.',
  },
} as const satisfies Record<string, CallSupport>;

export interface CallSupport {
  readonly access: 'open' | 'host' | 'sandboxes' | 'sandbox' | 'unary' | 'stream' | 'files';
  /** The call of the `e2b` SDK that makes it. */
  readonly sdk: string | null;
  readonly note: string | null;
}

export type SupportedCall = keyof typeof supportedCalls;
export type Access = CallSupport['access'];
export type CallsWith<A extends Access> = {
  [Name in SupportedCall]: (typeof supportedCalls)[Name]['access'] extends A ? Name : never;
}[SupportedCall];

/** What the SDK can do and this host refuses, for the docs. */
export const unsupportedFeatures = [
  { sdk: 'sandbox.pause(), auto-pause, auto-resume', why: 'A sandbox serves one execution and dies.' },
  { sdk: 'sandbox.createSnapshot(), Sandbox.fork()', why: 'State of one execution never reaches another.' },
  { sdk: 'sandbox.updateNetwork(), allowInternetAccess: true, getHost()', why: 'No sandbox has a network.' },
  { sdk: 'sandbox.pty', why: 'Programs have no terminal.' },
  { sdk: 'sandbox.files.watchDir()', why: 'Nothing waits for files to change.' },
  { sdk: 'sandbox.downloadUrl(), uploadUrl()', why: 'Files are reached with the access token only.' },
  { sdk: 'volumes, secrets, IAM tokens, MCP gateway', why: 'Nothing of the outside is in a sandbox.' },
  { sdk: 'Template', why: 'Templates are parts of the host’s image.' },
] as const;

/** For a client that asked for something else. */
export const supportSummary = `supported are: ${Object.keys(supportedCalls).join(', ')} (/v2/sandboxes too)`;
