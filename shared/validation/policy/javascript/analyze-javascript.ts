import type { Analysis } from '../analysis.ts';
import { javascriptSafeModules } from '../modules/javascript-modules.ts';
import { listedAs } from '../modules/module-group.ts';
import type { JavaScriptFacts } from './javascript-facts.ts';
import { isCodeRunner } from './names.ts';

const fileWriters =
  /^fs\.(?:promises\.)?(?:write|append|mkdir|rm|unlink|rename|copy|cp|create|truncate|symlink|open)\w*$/;

/** What a JavaScript or TypeScript program can be seen to use. */
export function analyzeJavaScript(facts: JavaScriptFacts): Analysis {
  const { calls, imports, tree } = facts;
  const called = (pattern: RegExp) => calls.some(({ reference }) => pattern.test(reference));
  const features = {
    threads: called(/^(?:worker_threads\.)?(?:Worker|SharedWorker)$/),
    subprocess:
      facts.runsCommands || imports.some(({ module }) => module === 'cluster' || module === 'child_process'),
    network: facts.usesNetwork,
    fileWrites: called(fileWriters),
  };
  return {
    imports: [...new Set(imports.map(({ module }) => module))],
    features,
    isSimple:
      !Object.values(features).includes(true) &&
      !facts.usesFiles &&
      imports.every(({ module }) => listedAs(module, javascriptSafeModules) !== null) &&
      !calls.some(({ reference }) => isCodeRunner(reference)),
    astNodes: tree.astNodes,
    depth: tree.depth,
    needs: [],
  };
}
