import { expect } from '@jest/globals';
import { type ContractCase, inBoth, limited } from './contract-case.ts';

const uncut = { stdout: false, stderr: false };

/** The first limit that a program reaches ends it and is named; what it printed before is kept. */
export const limitCases: ContractCase[] = [
  {
    name: 'wall time ends a program that waits',
    sources: {
      python: 'import time\nprint("so far", flush=True)\ntime.sleep(600)',
      bash: 'echo "so far"; sleep 600',
      ...inBoth('console.log("so far"); setTimeout(() => {}, 600_000);'),
    },
    limits: { wallTimeMs: 1_500 },
    expected: { ending: limited('wallTimeMs'), stdout: 'so far\n', truncated: uncut, error: null },
  },
  {
    name: 'CPU time ends a program that computes',
    sources: {
      python: 'print("so far", flush=True)\nwhile True: pass',
      bash: 'echo "so far"; while :; do :; done',
      ...inBoth('console.log("so far"); for (;;);'),
    },
    limits: { cpuTimeMs: 500 },
    expected: { ending: limited('cpuTimeMs'), stdout: 'so far\n', truncated: uncut, error: null },
  },
  {
    name: 'memory ends a program that hoards',
    sources: {
      python: 'all = []\nwhile True: all.append(bytearray(1_000_000))',
      bash: 'x=aaaaaaaaaaaaaaaa; while :; do x=$x$x; done',
      ...inBoth('const all = [];\nfor (;;) all.push(new Array(1e5).fill(0));'),
    },
    limits: { memoryMiB: 96 },
    expected: { ending: limited('memoryMiB'), usage: { peakMemoryMiB: expect.any(Number) } },
  },
  {
    name: 'output ends a program that babbles, at the limit',
    sources: {
      python: 'while True: print("x" * 99)',
      bash: 'while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done',
      ...inBoth('for (;;) console.log("x".repeat(99));'),
    },
    limits: { outputBytes: 5_000 },
    expected: {
      ending: limited('outputBytes'),
      stdout: expect.stringMatching(/^[x\n]{5000}$/),
      truncated: { stdout: true, stderr: false },
      error: null,
      usage: { outputBytes: 5_000 },
    },
  },
  {
    name: 'both streams count against one limit',
    sources: {
      python: 'import os, time\nos.write(1, b"12345")\ntime.sleep(1)\nos.write(2, b"67890")\ntime.sleep(60)',
      bash: 'printf 12345; sleep 1; printf 67890 >&2; sleep 60',
    },
    limits: { outputBytes: 8 },
    expected: {
      ending: limited('outputBytes'),
      stdout: '12345',
      stderr: '678',
      truncated: { stdout: false, stderr: true },
      usage: { outputBytes: 8 },
    },
  },
  {
    name: 'output is cut between characters',
    sources: {
      python: 'import sys\nsys.stdout.reconfigure(encoding="utf-8")\nprint("é" * 100)',
      bash: "printf 'é%.0s' {1..100}",
      ...inBoth('console.log("é".repeat(100));'),
    },
    limits: { outputBytes: 9 },
    expected: {
      ending: limited('outputBytes'),
      stdout: 'éééé',
      truncated: { stdout: true, stderr: false },
      usage: { outputBytes: 9 },
    },
  },
  {
    name: 'exactly the limit of output is no cut',
    sources: {
      python: 'print("x" * 8)',
      bash: 'echo xxxxxxxx',
      ...inBoth('console.log("x".repeat(8));'),
    },
    limits: { outputBytes: 9 },
    expected: { ending: { kind: 'exited', exitCode: 0 }, stdout: 'xxxxxxxx\n', truncated: uncut },
  },
  {
    name: 'a full disk is an error in the program',
    sources: {
      python:
        'try:\n  with open("big", "wb") as f:\n    for _ in range(64): f.write(bytes(1_000_000)); f.flush()\nexcept OSError: print("full")',
      bash: 'head -c 64000000 /dev/zero > big 2>/dev/null || echo full',
      ...inBoth(
        'const fs = require("fs"); try { const f = fs.openSync("big", "w"); for (let i = 0; i < 64; i++) fs.writeSync(f, Buffer.alloc(1e6)); console.log("room"); } catch { console.log("full"); }',
      ),
    },
    limits: { diskMiB: 4 },
    expected: { ending: { kind: 'exited', exitCode: 0 }, stdout: 'full\n' },
  },
  {
    // Whether the first process is one of them depends on the kernel.
    name: 'a process too many is an error in the program',
    needsProcesses: true,
    sources: {
      python:
        'import os, time\ncount = 0\ntry:\n  for _ in range(200):\n    if os.fork() == 0: time.sleep(60); os._exit(0)\n    count += 1\nexcept OSError: print("refused", 0 < count <= 16)',
    },
    limits: { processes: 16 },
    expected: { ending: { kind: 'exited', exitCode: 0 }, stdout: 'refused True\n' },
  },
];
