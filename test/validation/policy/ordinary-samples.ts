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

/** Not a file of the standard library. */
export function isOwnSample({ name }: Sample): boolean {
  return !name.endsWith('.py');
}

/** What strict is there to deny: files, processes, connections, code from text, Node's process. */
const usesWhatStrictDenies = /-module$|open-file|dynamic-code|network|process-use|-command$|worker-use/;

export function usesNothingForbidden({ violations }: { violations: readonly { rule: string }[] }): boolean {
  return !violations.some(({ rule }) => usesWhatStrictDenies.test(rule));
}
