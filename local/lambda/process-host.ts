import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromRuntime, HostOptions, RuntimeHost } from './environment.ts';

/**
 * A process of its own, for tenant-isolated functions: what they promise is that tenants share nothing. It
 * leads a process group, so killing the group also ends whatever the function started.
 */
export function startProcess({ config, writeLog }: HostOptions): RuntimeHost {
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      `--max-old-space-size=${config.memoryMiB}`,
      fileURLToPath(new URL('./runtime.mjs', import.meta.url)),
    ],
    { env: { ...config.environment }, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  child.stdout?.on('data', writeLog);
  child.stderr?.on('data', writeLog);
  const killGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The whole group has ended already.
    }
  };
  return {
    send: (message) => {
      if (child.connected) child.send(message);
    },
    onMessage: (listener) => child.on('message', (message) => listener(message as FromRuntime)),
    onEnd: (listener) => {
      child.once('error', (error) => listener(String(error)));
      child.once('exit', (code, signal) => {
        killGroup();
        listener(signal === null ? `exit status ${code}` : `signal: ${signal}`);
      });
    },
    kill: killGroup,
  };
}
