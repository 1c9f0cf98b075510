import { limitFloors } from '../../../shared/domain/limits.ts';
import type { Language } from '../../../shared/domain/program.ts';
import type { Interpreter } from '../interpreter/interpreter.ts';

/**
 * Runs a first program of our own, so that the engine has compiled what every program needs. Throws when the
 * interpreter is unusable.
 */
export async function warmUp(interpreter: Interpreter, language: Language, source: string): Promise<void> {
  const printed: string[] = [];
  const program = { language, source, stdin: '', args: [], env: {}, files: [] };
  const { ending } = await interpreter.run(program, limitFloors, (_stream, bytes) => {
    printed.push(Buffer.from(bytes).toString());
  });
  const isUsable = ending.kind === 'exited' && ending.exitCode === 0 && interpreter.reset();
  if (!isUsable) throw new Error(`unusable: ${JSON.stringify(ending)} ${printed.join('')}`);
}
