import { expect, test } from '@jest/globals';
import { defaultPolicy } from '../../../shared/domain/policy.ts';
import type { Program } from '../../../shared/domain/program.ts';
import { findUnsupported, type Unsupported } from '../../../shared/validation/policy/find-unsupported.ts';
import { readWasmFromPackages } from '../../../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate } from '../../../shared/validation/policy/program-gate.ts';

const gate = createProgramGate({ readWasm: readWasmFromPackages });

async function inPython(source: string, files: Program['files'] = []): Promise<Unsupported | null> {
  const program = { language: 'python' as const, source, files };
  return findUnsupported(program, (await gate.inspect(program, defaultPolicy)).analysis);
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
  ['import threading as t\nt.Thread(target=print)', 2],
  ['from threading import Lock, Thread', 1],
  ['from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as pool: pass', 2],
  ['"""text"""\r\nimport numpy', 2],
])('refuses %j at line %d', async (source, line) => {
  expect(await inPython(source)).toMatchObject({ line });
});

test.each([
  'import math',
  'import numpy_like',
  '# import numpy',
  'text = """\nimport numpy\n"""',
  "text = '''\nimport pandas\n'''",
  "print('threading.Thread(')",
  'try:\n    import numpy\nexcept ImportError:\n    numpy = None',
  'if True:\n    import numpy',
  'def late():\n    import pandas',
  'import threading\nlock = threading.Lock()',
  "x = 'it\\'s'\nprint(x)",
  'f"{x["numpy"]}"',
  '"unterminated\nprint(1)',
])('lets %j run', async (source) => {
  expect(await inPython(source)).toBeNull();
});

test.each(['numpy/__init__.py', 'numpy.py'])('the file %s shadows the module of its name', async (path) => {
  expect(await inPython('import numpy', [{ path, content: '', encoding: 'utf8' }])).toBeNull();
});

test('bash has no wasm tier', async () => {
  const program = { language: 'bash' as const, source: 'echo hi', files: [] };
  const { analysis } = await gate.inspect(program, defaultPolicy);
  expect(findUnsupported(program, analysis)).toMatchObject({ line: null });
});
