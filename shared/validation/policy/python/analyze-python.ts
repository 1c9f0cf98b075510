import type { Analysis, Need } from '../analysis.ts';
import { isText } from '../known-values.ts';
import { listedAs } from '../modules/module-group.ts';
import { pythonSafeModules } from '../modules/python-safe-modules.ts';
import type { Place } from '../source-places.ts';
import { codeRunners, isCommandRunner } from './names.ts';
import type { Call, PythonFacts } from './python-facts.ts';

const threadStarters =
  /^(?:threading\.(?:Thread|Timer)|_thread\.start_new_thread|concurrent\.futures\.\w+PoolExecutor|multiprocessing\..+|asyncio\.to_thread)$/;
const processStarters = /^(?:os\.(?:fork\w*|system|popen)|multiprocessing\..+)$/;
const fileWriters =
  /^(?:shutil\.(?:copy\w*|move|rmtree|make_archive)|os\.(?:mkdir|makedirs|remove|unlink|rename|replace|rmdir|truncate|write)|tempfile\..+|sqlite3\.connect|shelve\.open|zipfile\.ZipFile|tarfile\.open|logging\.FileHandler)$/;
const writingMethods = new Set([
  'write_text',
  'write_bytes',
  'mkdir',
  'touch',
  'unlink',
  'to_csv',
  'savefig',
  'to_excel',
]);

/** What a Python program can be seen to use. */
export function analyzePython(facts: PythonFacts, placeOf: (offset: number) => Place): Analysis {
  const { calls, imports, tree } = facts;
  const called = (pattern: RegExp) => calls.some(({ reference }) => pattern.test(reference));
  const features = {
    threads: called(threadStarters),
    subprocess: facts.runsCommands || called(processStarters),
    network: facts.usesNetwork,
    fileWrites: called(fileWriters) || calls.some(opensToWrite) || callsMethods(facts, writingMethods),
  };
  const usesNothing = !Object.values(features).includes(true) && !facts.usesFiles;
  return {
    imports: [...new Set(imports.map(({ module }) => module))],
    features,
    isSimple:
      usesNothing &&
      imports.every(({ module }) => listedAs(module, pythonSafeModules) !== null) &&
      !calls.some(({ reference }) => codeRunners.has(reference) || isCommandRunner(reference)),
    astNodes: tree.astNodes,
    depth: tree.depth,
    needs: needsOf(facts, placeOf),
  };
}

function opensToWrite({ reference, arguments: given }: Call): boolean {
  if (!/^(?:open|io\.open|codecs\.open|gzip\.open|pathlib\.Path\.open)$/.test(reference)) return false;
  return given
    .slice(1)
    .some(({ value }) => isText(value) && /^[rwaxbt+]{1,4}$/.test(value) && /[wax+]/.test(value));
}

function callsMethods({ tree, byType }: PythonFacts, names: ReadonlySet<string>): boolean {
  return (byType.get('attribute') ?? []).some(({ children }) => {
    const last = children.at(-1);
    return last !== undefined && names.has(tree.source.slice(last.start, last.end));
  });
}

/** Compiled packages, processes and threads, as WebAssembly has none. */
const needed = new Set(['numpy', 'pandas', 'matplotlib', 'subprocess', 'multiprocessing']);

function needsOf({ imports, calls }: PythonFacts, placeOf: (offset: number) => Place): Need[] {
  const needs: Need[] = [];
  for (const { module, node, isTopLevel, names } of imports) {
    const [top = ''] = module.split('.');
    const line = placeOf(node.start).line;
    // At the top level only: an import inside try, if or def may be optional.
    if (isTopLevel && needed.has(top)) needs.push({ kind: 'module', name: top, module: top, line });
    if (isTopLevel && module === 'threading' && names.includes('Thread')) {
      needs.push({ kind: 'threads', name: 'Thread', module: 'threading', line });
    }
  }
  for (const { reference, node } of calls) {
    const line = placeOf(node.start).line;
    if (reference === 'threading.Thread')
      needs.push({ kind: 'threads', name: reference, module: 'threading', line });
    const pool = /(?:^|\.)((?:Thread|Process)PoolExecutor)$/.exec(reference)?.[1];
    if (pool !== undefined) needs.push({ kind: 'pool', name: pool, module: 'concurrent', line });
  }
  return needs.sort((one, other) => one.line - other.line);
}
