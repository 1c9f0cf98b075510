// Gives a program the variable `context`, and notes an uncaught exception in a file.
import { readFileSync, writeFileSync } from 'node:fs';

const errorFile = process.env.CORDON_ERROR_FILE;
delete process.env.CORDON_ERROR_FILE;
globalThis.context = JSON.parse(readFileSync('../context.json', 'utf8'));

process.on('uncaughtException', (error) => {
  const line = /\bmain\.[jt]s:(\d+)/.exec(error.stack ?? '')?.[1];
  writeFileSync(
    errorFile,
    JSON.stringify({ type: error.name, message: error.message, line: line ? Number(line) : null }),
  );
  console.error(error);
  process.exit(1);
});
