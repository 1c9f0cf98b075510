import { type BadInput, invalid, submission, unavailable } from './bad-input.ts';

const notYet = /not available yet/;

/** Members of the contract that this version refuses by name, and programs that no lane of it can run. */
export const unavailableInputs: BadInput[] = [
  { name: 'streaming', ...submission({ stream: true }), expected: invalid('#/stream', notYet) },
  {
    name: 'collecting artifacts where nothing can',
    ...submission({ artifacts: ['*'] }),
    expected: unavailable(/wasm: it collects no artifacts/),
  },
  ...Object.entries({ 'an empty': '', 'a long': 'k'.repeat(256), 'a spaced': 'order 17' }).map(
    ([what, key]) => ({
      name: `${what} Idempotency-Key`,
      ...submission({}),
      headers: { 'idempotency-key': key },
      expected: invalid(undefined, /Idempotency-Key: must be 1 to 255/),
    }),
  ),

  { name: 'bash', ...submission({ language: 'bash', source: 'echo hi' }), expected: unavailable(/bash/i) },
  { name: 'the backend e2b', ...submission({ backend: 'e2b' }), expected: unavailable(/e2b/) },
  { name: 'the backend gvisor', ...submission({ backend: 'gvisor' }), expected: unavailable(/gvisor/) },
  ...Object.entries({
    'import numpy as np\nprint(np.zeros(3))': /numpy/,
    '"""Doc."""\nfrom numpy.linalg import inv': /numpy/,
    'import pandas as pd\nprint(pd.__version__)': /pandas/,
    'from pandas import DataFrame': /pandas/,
    'import matplotlib.pyplot as plt': /matplotlib/,
    'import subprocess\nsubprocess.run(["ls"])': /subprocess/,
    'from subprocess import check_output': /subprocess/,
    'from multiprocessing import Pool': /multiprocessing/,
    'import threading\nthreading.Thread(target=print).start()': /thread/i,
    'from threading import Lock, Thread\nThread(target=print).start()': /thread/i,
    'from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as pool:\n    pass':
      /thread/i,
    'import concurrent.futures as cf\ncf.ProcessPoolExecutor()': /process/i,
  }).map(([source, detail]) => ({
    name: `Python that says ${JSON.stringify(source.split('\n').at(0))} and needs ${detail.source}`,
    ...submission({ source }),
    expected: unavailable(detail),
  })),
];
