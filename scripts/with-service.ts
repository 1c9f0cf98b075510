import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService } from './start-service.ts';

/**
 * `node scripts/with-service.ts COMMAND ARG…`: runs a command against a service started for it, with `CORDON_URL`
 * and `CORDON_KEY` set, and ends with the command's exit code.
 */
const [command, ...args] = process.argv.slice(2);
if (command === undefined) throw new Error('usage: node scripts/with-service.ts COMMAND ARG…');

const dataDirectory = await mkdtemp(join(tmpdir(), 'cordon-'));
const service = await startService(dataDirectory);
const env = { ...process.env, CORDON_URL: service.url, CORDON_KEY: service.keys.execute };
const [exitCode] = await once(spawn(command, args, { stdio: 'inherit', env }), 'exit');
await service.stop();
await rm(dataDirectory, { recursive: true, force: true });
process.exitCode = exitCode ?? 1;
