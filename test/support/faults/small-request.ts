import { submitRequestSchema } from '../../../shared/contract/submit-request.ts';
import { readWasmFromPackages } from '../../../shared/validation/policy/parse/wasm-files.ts';
import { createProgramGate } from '../../../shared/validation/policy/program-gate.ts';

/** One gate for all: it loads its parsers once. */
export const gate = createProgramGate({ readWasm: readWasmFromPackages });

export const request = submitRequestSchema.parse({
  language: 'python',
  source: 'print(1)',
  limits: { wallTimeMs: 1_000 },
});

/** Longer than the reconciler waits before it takes a message for lost. */
export const silenceMs = 3_600_000;
