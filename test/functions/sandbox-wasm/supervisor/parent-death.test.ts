import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { startRunner } from '../../../support/wasm-sandboxes.ts';
import { isRunning, sandboxesOf, until } from './child-processes.ts';

let diesWithParent: boolean;

beforeAll(async () => {
  const runner = await startRunner();
  diesWithParent = runner.isolation.diesWithParent;
  await runner.close();
});

it.each(['while True: pass', 'import time\ntime.sleep(1000)'])(
  'leaves no sandbox behind when the supervisor is killed during %j',
  async (source) => {
    if (!diesWithParent) {
      console.warn('skipped: no setpriv on this machine (install util-linux); a loop ends at its CPU limit');
      return;
    }
    const supervisor = spawn(process.execPath, [join(import.meta.dirname, 'endless-supervisor.ts'), source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => supervisor.stdout.once('data', resolve));
    const sandboxes = sandboxesOf(supervisor.pid ?? 0);

    supervisor.kill('SIGKILL');
    await until(() => !sandboxes.some(isRunning));

    expect(sandboxes).toHaveLength(1);
  },
);
