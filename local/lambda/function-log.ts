import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A function's log, in place of CloudWatch: one file, and the one before it. */
export interface FunctionLog {
  write(chunk: string | Uint8Array): void;
}

const MAX_FILE_BYTES = 5 * 1024 * 1024;

/** Appends to `<directory>/<name>.log`; a full file becomes `<name>.1.log`, replacing the one before. */
export function createFunctionLog(directory: string, name: string): FunctionLog {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${name}.log`);
  let bytes = existsSync(file) ? statSync(file).size : 0;
  return {
    write(chunk) {
      if (bytes > MAX_FILE_BYTES) {
        renameSync(file, join(directory, `${name}.1.log`));
        bytes = 0;
      }
      appendFileSync(file, chunk);
      bytes += Buffer.byteLength(chunk);
    },
  };
}
