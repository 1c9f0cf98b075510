import type { Program, ProgramFile } from '../../../../../shared/domain/program.ts';

/** A program whose stdout and exit code are those of Node, or all of its output. */
export interface LikeNode {
  name: string;
  program: Program;
  compares: 'stdout' | 'everything';
}

type Input = Partial<Omit<Program, 'files'>> & { files?: Record<string, string> };

/** Node itself runs in UTC for the comparison, as programs always do. */
const env = { TZ: 'UTC' };

export function likeNode(name: string, source: string, input: Input = {}): LikeNode {
  return { name, program: programOf(source, input), compares: 'everything' };
}

/** For programs whose stderr has words or carets of the engine. */
export function stdoutLikeNode(name: string, source: string, input: Input = {}): LikeNode {
  return { name, program: programOf(source, input), compares: 'stdout' };
}

function programOf(source: string, { files = {}, ...rest }: Input): Program {
  const placed = Object.entries(files).map(
    ([path, content]): ProgramFile => ({ path, content, encoding: 'utf8' }),
  );
  return { language: 'javascript', source, stdin: '', args: [], env, files: placed, ...rest };
}
