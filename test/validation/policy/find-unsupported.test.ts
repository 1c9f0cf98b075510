import { expect, test } from '@jest/globals';
import { defaultPolicy } from '../../../shared/domain/policy.ts';
import type { Program } from '../../../shared/domain/program.ts';
import { findUnsupported as findInAnalysis } from '../../../shared/validation/policy/find-unsupported.ts';
import { readWasmFromPackages } from '../../../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate } from '../../../shared/validation/policy/program-gate.ts';

const gate = createProgramGate({ readWasm: readWasmFromPackages });

async function findUnsupported(program: Program) {
  return findInAnalysis(program, (await gate.inspect(program, defaultPolicy)).analysis);
}

function python(source: string, files: Program['files'] = []): Program {
  return { language: 'python', source, stdin: '', args: [], env: {}, files };
}

test.each([
  ['import numpy as np', 1],
  ['import os, numpy', 1],
  ['import os.path as p, json , numpy as np', 1],
  ['import json\nimport pandas', 2],
  ['from numpy import array', 1],
  ['from matplotlib.pyplot import plot', 1],
  ['import subprocess', 1],
  ['import threading\nt = threading.Thread(target=print)', 2],
  ['from threading import Lock, Thread', 1],
  ['from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as pool: pass', 2],
  ['"""text"""\r\nimport numpy', 2],
])('refuses %j at line %d', async (source, line) => {
  expect(await findUnsupported(python(source))).toMatchObject({ line });
});

test.each([
  'import math',
  'import numpy_like',
  '# import numpy',
  'text = """\nimport numpy\n"""',
  "text = '''\nimport pandas\n'''",
  "print('threading.Thread(')",
  'try:\n    import numpy\nexcept ImportError:\n    numpy = None',
  'import threading\nlock = threading.Lock()',
  "x = 'it\\'s'\nprint(x)",
  'f"{x["numpy"]}"',
  '"unterminated\nprint(1)',
])('lets %j run', async (source) => {
  expect(await findUnsupported(python(source))).toBeNull();
});

test('a file of the program shadows the module of its name', async () => {
  const files: Program['files'] = [{ path: 'numpy/__init__.py', content: '', encoding: 'utf8' }];
  expect(await findUnsupported(python('import numpy', files))).toBeNull();
});

test('bash has no wasm tier', async () => {
  expect(await findUnsupported({ ...python('echo hi'), language: 'bash' })).toMatchObject({ line: null });
});

test('a megabyte of open quotes is scanned in linear time', async () => {
  const started = performance.now();
  findUnsupported(python(`${"'".repeat(500_000)}${'"""'.repeat(160_000)}`));
  // A tenth of a second; in quadratic time it would be an hour.
  expect(performance.now() - started).toBeLessThan(20_000);
});
