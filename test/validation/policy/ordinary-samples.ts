import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Language, Program } from '../../../shared/domain/program.ts';
import { readSamples, type Sample } from './corpus.ts';
import { standardLibrary } from './standard-library.ts';

const languageOfEnding: Record<string, Language> = { py: 'python', js: 'javascript', ts: 'typescript' };

export type OrdinarySample = Sample & { files?: Program['files'] };

/** Programs that nobody wants to keep from running. */
export function ordinarySamples(): OrdinarySample[] {
  return [
    ...examples(),
    ...readSamples('ordinary/python.txt', 'python'),
    ...readSamples('ordinary/javascript.txt', 'javascript'),
    ...readSamples('ordinary/typescript.txt', 'typescript'),
    ...readSamples('ordinary/bash.txt', 'bash'),
    ...standardLibrary(),
  ];
}

/** The examples of the repository, with the files beside them. */
function examples(): OrdinarySample[] {
  return globSync('examples/*/main.{py,js,ts}')
    .sort()
    .map((path) => {
      const folder = dirname(path);
      const others = globSync(`${folder}/*.py`).filter((other) => other !== path);
      return {
        name: `example: ${basename(folder)}`,
        language: languageOfEnding[path.slice(path.lastIndexOf('.') + 1)] ?? 'python',
        source: readFileSync(path, 'utf8'),
        files: others.map((other) => ({
          path: basename(other),
          content: readFileSync(join(other), 'utf8'),
          encoding: 'utf8' as const,
        })),
      };
    });
}
