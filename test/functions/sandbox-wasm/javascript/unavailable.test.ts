import { describe, expect, it } from '@jest/globals';
import { textFile, useSandbox } from './use-sandbox.ts';

const run = useSandbox();

describe('what is not there', () => {
  it.each([
    'child_process',
    'node:child_process',
    'http',
    'worker_threads',
    'node:sqlite',
    'vm',
    'stream',
    'lodash',
  ])('require of %s is an ordinary error that says so', async (name) => {
    const { stdout } = await run(
      `try { require('${name}'); } catch (e) { console.log(e.code, e.message.startsWith("Cannot find module '${name}': not available in the wasm backend")); }
import('${name}').catch((e) => console.log(e.code));`,
    );

    expect(stdout).toBe('MODULE_NOT_FOUND true\nERR_MODULE_NOT_FOUND\n');
  });

  it('JSX is refused by name', async () => {
    const { stdout } = await run(
      "try { require('./a.jsx'); } catch (e) { console.log(e.code, e.message); }",
      {
        files: [textFile('a.jsx', 'module.exports = <b/>;')],
      },
    );

    expect(stdout).toBe('ERR_UNKNOWN_FILE_EXTENSION JSX is not available in the wasm backend: a.jsx\n');
  });

  it('the network is undefined', async () => {
    const { stdout } = await run(
      'console.log(typeof fetch, typeof WebSocket, typeof XMLHttpRequest, typeof Worker, typeof WebAssembly, typeof Deno);',
    );

    expect(stdout).toBe('undefined undefined undefined undefined undefined undefined\n');
  });
});
