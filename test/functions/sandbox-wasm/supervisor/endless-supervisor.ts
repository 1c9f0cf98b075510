import { setTimeout } from 'node:timers/promises';
import { createProgramRunner } from '../../../../functions/sandbox-wasm/run-program.ts';
import { jobOf, sandboxFolder } from '../../../support/wasm-sandboxes.ts';

/** A process to be killed: runs an endless program and says so once it must have started. */
const runner = createProgramRunner({ directory: sandboxFolder });
await runner.run(jobOf({ source: 'pass' }));
void runner.run(jobOf({ source: process.argv[2] ?? '' }));
await setTimeout(300);
console.log('running');
