import { describe, expect, it } from '@jest/globals';
import { consolePrograms } from './like-node/console.ts';
import { errorPrograms } from './like-node/errors.ts';
import { eventLoopPrograms } from './like-node/event-loop.ts';
import { filePrograms } from './like-node/files.ts';
import { inputPrograms } from './like-node/input.ts';
import { languagePrograms } from './like-node/language.ts';
import { libraryPrograms } from './like-node/library.ts';
import type { LikeNode } from './like-node/like-node.ts';
import { localePrograms } from './like-node/locale.ts';
import { modulePrograms } from './like-node/modules.ts';
import { printedPrograms } from './like-node/printed.ts';
import { runInNode } from './like-node/run-in-node.ts';
import { typescriptPrograms } from './like-node/typescript.ts';
import { useSandbox } from './use-sandbox.ts';

const run = useSandbox();

const suites: Record<string, LikeNode[]> = {
  console: consolePrograms,
  'printed values': printedPrograms,
  language: languagePrograms,
  locale: localePrograms,
  'event loop': eventLoopPrograms,
  modules: modulePrograms,
  files: filePrograms,
  input: inputPrograms,
  'built-in modules': libraryPrograms,
  errors: errorPrograms,
  TypeScript: typescriptPrograms,
};

for (const [suite, programs] of Object.entries(suites)) {
  describe(`${suite}, as in Node`, () => {
    it.each(programs)('$name', async ({ program, compares }) => {
      const node = runInNode(program);

      const { stdout, stderr, ending } = await run(program.source, program);

      const ours = { stdout, stderr, exitCode: ending.kind === 'exited' ? ending.exitCode : null };
      expect(compares === 'stdout' ? { ...ours, stderr: node.stderr } : ours).toEqual(node);
    });
  });
}
