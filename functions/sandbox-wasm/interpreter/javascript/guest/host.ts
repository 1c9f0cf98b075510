/** What the host does for the guest: see `host-functions.ts` on the other side. */
export interface Host {
  writeStdout(output: string | ArrayBuffer): void;
  writeStderr(output: string | ArrayBuffer): void;
  now(): number;
  randomBytes(): ArrayBuffer;
  evaluate(source: string, fileName: string): unknown;
  evaluateModule(source: string, fileName: string): unknown;
  promiseState(promise: unknown): number;
  promiseResult(promise: unknown): unknown;
  exit(report: string): void;
}

const unconnected = (): never => {
  throw new Error('no host');
};

/** Filled in by `createGuest`, before anything else runs. */
export const host: Host = {
  writeStdout: unconnected,
  writeStderr: unconnected,
  now: unconnected,
  randomBytes: unconnected,
  evaluate: unconnected,
  evaluateModule: unconnected,
  promiseState: unconnected,
  promiseResult: unconnected,
  exit: unconnected,
};
