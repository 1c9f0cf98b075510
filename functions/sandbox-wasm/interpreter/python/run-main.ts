import { z } from 'zod';
import type { Program } from '../../../../shared/domain/program.ts';
import type { Address } from './cpython.ts';
import type { Manifest } from './image.ts';
import type { MemoryLimit } from './kernel/memory-calls.ts';
import type { Machine } from './machine.ts';

/** Extra memory for printing the traceback of a program that has used up its own. */
const endingReserveBytes = 8 * 1_048_576;

/** What `finish` in the prelude says. The program could have had a hand in it: sizes and shapes are checked. */
const resultSchema = z.strictObject({
  exitCode: z.int().min(0).max(255),
  error: z
    .strictObject({
      type: z.string().max(10_000),
      message: z.string().max(10_000),
      line: z.int().positive().nullable(),
      isMemoryError: z.boolean(),
      isInterrupt: z.boolean(),
    })
    .nullable(),
});
export type MainResult = z.infer<typeof resultSchema>;

/**
 * Runs a program as CPython's `__main__`: prepares its world, evaluates its code without any frame of ours below
 * it, and lets Python end it. Throws what the kernel throws through the interpreter, or a trap.
 */
export function runMain(
  machine: Machine,
  manifest: Manifest,
  program: Program,
  limit: MemoryLimit,
): MainResult {
  const { call, address } = machine.python;
  const { source, args, env, context } = program;
  const job = Buffer.from(JSON.stringify({ source, args, env, context }));
  const jobBytes = call.PyBytes_FromStringAndSize(machine.store(job), job.length);
  const code = call.PyObject_CallOneArg(manifest.prepare, jobBytes);
  if (code !== 0) call.PyEval_EvalCode(code, manifest.mainNamespace, manifest.mainNamespace);

  const exception = call.PyErr_GetRaisedException();
  limit.limitBytes += endingReserveBytes;
  const names = call.PyObject_CallOneArg(
    manifest.report,
    exception === 0 ? address._Py_NoneStruct : exception,
  );
  if (exception !== 0) call.Py_DecRef(exception);
  if (names !== 0) clearMain(machine, manifest, names);
  const result = call.PyObject_CallNoArgs(manifest.finish);
  return result === 0 ? unknownEnd : readResult(machine, result);
}

/** Drops the program's globals as a shutdown does: set to None one by one, so that finalizers still find names. */
function clearMain(
  { python: { call, address } }: Machine,
  { mainNamespace }: Manifest,
  names: Address,
): void {
  const count = call.PyList_Size(names);
  for (let index = 0; index < count; index += 1) {
    call.PyDict_SetItem(mainNamespace, call.PyList_GetItem(names, index), address._Py_NoneStruct);
  }
  call.PyGC_Collect();
}

/** Python's own ending was broken, by a program that meant to or by the lack of memory. */
const unknownEnd: MainResult = { exitCode: 1, error: null };

function readResult({ python: { call }, memory }: Machine, result: Address): MainResult {
  const bytes = memory.bytes(call.PyBytes_AsString(result), call.PyBytes_Size(result));
  try {
    return resultSchema.parse(JSON.parse(Buffer.from(bytes).toString()));
  } catch {
    return unknownEnd;
  }
}
