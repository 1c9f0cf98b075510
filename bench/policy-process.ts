import { readFileSync } from 'node:fs';
import { defaultPolicy } from '../shared/domain/policy.ts';
import type { Language } from '../shared/domain/program.ts';
import { readWasmFromPackages } from '../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate } from '../shared/validation/policy/program-gate.ts';

/** What a process that does nothing but inspect programs says of itself, on stdout. */
export interface PolicyProcessReport {
  /** From the start of the process. */
  firstMs: number;
  pythonMiB: number;
  allMiB: number;
}

const program = readFileSync('examples/py-calculator/main.py', 'utf8');
const beforeMiB = residentMiB();
const gate = createProgramGate({ readWasm: readWasmFromPackages });

await inspect('python', program);
const firstMs = performance.now();
for (let index = 0; index < 50; index += 1) await inspect('python', `${program}# ${index}\n`);
const pythonMiB = residentMiB() - beforeMiB;
for (const language of ['javascript', 'typescript', 'bash'] as const) await inspect(language, 'a\n');
const report: PolicyProcessReport = { firstMs, pythonMiB, allMiB: residentMiB() - beforeMiB };
console.log(JSON.stringify(report));

function inspect(language: Language, source: string): Promise<unknown> {
  return gate.inspect({ language, source, files: [] }, defaultPolicy);
}

function residentMiB(): number {
  const status = readFileSync('/proc/self/status', 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
