import { host } from './host.ts';

export type OutputName = 'stdout' | 'stderr';

/** Writes text or bytes. Lone surrogates become U+FFFD, as in any UTF-8 output. */
export function writeOutput(name: OutputName, output: string | Uint8Array): void {
  const send = name === 'stdout' ? host.writeStdout : host.writeStderr;
  if (typeof output !== 'string') {
    send(bufferOf(output));
    return;
  }
  // The host reads a string up to the first NUL.
  const [first = '', ...rest] = output.toWellFormed().split('\0');
  send(first);
  for (const part of rest) {
    send(new ArrayBuffer(1));
    send(part);
  }
}

/** The bytes alone, without what surrounds them in their buffer. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength;
  return isWhole ? buffer : new Uint8Array(bytes).buffer;
}
