import { FileContent } from '../files/file-content.ts';
import { type OutputName, writeOutput } from '../output.ts';
import { InputStream } from './input-stream.ts';
import { OutputStream } from './output-stream.ts';
import { process } from './process.ts';

let input = '';

function outputStream(name: OutputName, fd: number): OutputStream {
  return new OutputStream((chunk) => writeOutput(name, chunk), fd);
}

/** Gives `process` its three streams. */
export function installStandardStreams(): void {
  Object.assign(process, {
    stdin: new InputStream(() => FileContent.ofText(input), { fd: 0 }),
    stdout: outputStream('stdout', 1),
    stderr: outputStream('stderr', 2),
  });
}

export function connectStandardInput(text: string): void {
  input = text;
}
