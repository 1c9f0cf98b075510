import type { JavaScriptRule } from '../../rule.ts';

const workers = /^(?:Worker|SharedWorker|WebAssembly|worker_threads\.Worker)$/;

export const workerUse: JavaScriptRule = {
  id: 'js-worker-use',
  severity: 'medium',
  title: '{name} starts threads or native code.',
  cause: 'Threads multiply what a program uses; WebAssembly is code that no rule reads.',
  explanation: '`Worker`, `SharedWorker`, `WebAssembly`, `SharedArrayBuffer` with `Atomics.wait`.',
  hint: 'Use promises for tasks that wait.',
  denied: 'new Worker("a.js");\n',
  allowed: 'class Job {}\nconsole.log(new Job());\n',
  *find({ byType }) {
    for (const node of byType.get('identifier') ?? []) {
      if (workers.test(node.reference ?? '') && node.field !== 'name')
        yield { node, name: node.reference ?? '' };
    }
  },
};
