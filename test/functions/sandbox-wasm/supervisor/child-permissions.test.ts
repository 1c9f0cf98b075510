import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  type IsolationCommand,
  probeIsolation,
} from '../../../../functions/sandbox-wasm/supervisor/isolation.ts';
import { startChild } from '../../../../functions/sandbox-wasm/supervisor/start-child.ts';

/** What JavaScript in a child could try, if a program ever got to run any. */
const attempts = {
  readFile: 'fs.readFileSync("/etc/passwd")',
  statFile: 'fs.statSync("/etc/passwd")',
  readEnvironment: 'fs.readFileSync("/proc/self/environ")',
  listDescriptors: 'fs.readdirSync("/proc/self/fd")',
  writeFile: 'fs.writeFileSync(import.meta.dirname + "/x", "")',
  link: 'fs.symlinkSync("/etc/passwd", import.meta.dirname + "/l")',
  spawn: '(await import("node:child_process")).execSync("id")',
  worker: 'new (await import("node:worker_threads")).Worker("1", { eval: true })',
  wasi: 'new (await import("node:wasi")).WASI({ version: "preview1", preopens: { "/": "/" } })',
  sqlite: 'new (await import("node:sqlite")).DatabaseSync(":memory:")',
  addon: 'process.dlopen({ exports: {} }, "/tmp/x.node")',
  inspector: '(await import("node:inspector")).open(0)',
  inspectorSession: 'new (await import("node:inspector")).Session().connect()',
  internalBinding: 'process.binding("fs")',
  evaluate: 'eval("1 + 1")',
  makeFunction: 'new Function("return 1")()',
  importFile: `await import(${JSON.stringify(import.meta.filename)})`,
  diagnosticReport: 'process.report.writeReport("/tmp/r.json")',
  heapSnapshot: '(await import("node:v8")).writeHeapSnapshot()',
  loadEnvironmentFile: 'process.loadEnvFile("/etc/environment")',
};
const refusals = {
  evaluate: 'EvalError',
  makeFunction: 'EvalError',
  sqlite: 'ERR_UNKNOWN_BUILTIN_MODULE',
  addon: 'ERR_DLOPEN_DISABLED',
};
const expectedRefusals = Object.fromEntries(
  Object.keys(attempts).map((name) => [
    name,
    Object.entries(refusals).find(([key]) => key === name)?.[1] ?? 'ERR_ACCESS_DENIED',
  ]),
);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'child-permissions-'));
  const tries = Object.entries(attempts).map(
    ([name, code]) =>
      `try { ${code}; results.${name} = "allowed"; } catch (e) { results.${name} = e.code ?? e.name; }`,
  );
  const connect = `results.connect = await new Promise((resolve) => {
    const socket = net.connect(9, "127.0.0.1");
    socket.once("connect", () => resolve("allowed"));
    socket.once("error", (error) => resolve(error.code));
  });`;
  const program = `import fs from 'node:fs'; import net from 'node:net'; const results = {};
    ${tries.join('\n')} ${connect}
    results.environment = Object.keys(process.env).join();
    console.log(JSON.stringify(results));`;
  await writeFile(join(folder, 'python-child.mjs'), program);
});

afterAll(() => rm(folder, { recursive: true }));

async function resultsWith(command: IsolationCommand): Promise<Record<string, string>> {
  const child = startChild('python', folder, command);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await new Promise((resolve) => child.process.once('close', resolve));
  return JSON.parse(output);
}

it('can do nothing with the best isolation of this machine', async () => {
  const command = probeIsolation();

  const { connect, environment, ...results } = await resultsWith(command);

  expect(results).toEqual(expectedRefusals);
  expect(environment).toBe('');
  if (command.isolation.networkNamespace) expect(connect).toBe('ENETUNREACH');
});

it('can do little more where only Node holds it', async () => {
  const { connect, environment, ...results } = await resultsWith({
    isolation: {
      permissionModel: true,
      resourceLimits: 'none',
      networkNamespace: false,
      diesWithParent: false,
    },
    prefix: [],
    stackBytes: 8_388_608,
  });

  expect(results).toEqual(expectedRefusals);
  expect(environment).toBe('');
  expect(connect).toBe('ECONNREFUSED');
});
