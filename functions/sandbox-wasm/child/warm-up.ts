import { limitFloors } from '../../../shared/domain/limits.ts';
import type { Language } from '../../../shared/domain/program.ts';
import type { Interpreter } from '../interpreter/interpreter.ts';

/**
 * Runs a first program of our own, so that the engine has compiled what every program needs. False: the
 * interpreter is unusable.
 */
export async function warmUp(interpreter: Interpreter, language: Language, source: string): Promise<boolean> {
  const program = { language, source, stdin: '', args: [], env: {}, files: [] };
  const { ending } = await interpreter.run(program, limitFloors, () => {});
  return ending.kind === 'exited' && ending.exitCode === 0 && interpreter.reset();
}
