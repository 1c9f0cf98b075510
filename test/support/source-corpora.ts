import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import vm from 'node:vm';
import type { Language } from '../../shared/domain/program.ts';

/** A file that the language's own interpreter takes: refusing it is a mistake. */
export interface RightFile {
  path: string;
  source: string;
}

/** What a request may carry. */
const maxBytes = 1_000_000;

/**
 * Files on this machine in a language, every n-th of them. What their interpreter refuses is left out, and so is
 * everything when there is no such interpreter. JavaScript needs node's `--experimental-vm-modules`.
 */
export function rightFiles(language: Language, everyNth = 1): RightFile[] {
  const found = candidates[language]().filter((path) => isFile(path) && statSync(path).size <= maxBytes);
  const chosen = found.sort().filter((_, index) => index % everyNth === 0);
  const files = chosen.map((path) => ({ path, source: readFileSync(path, 'utf8') }));
  return accepts[language](files);
}

const candidates: Record<Language, () => string[]> = {
  python: () => globSync(`${pythonLibrary()}/**/*.py`),
  javascript: () => globSync('node_modules/**/*.{js,mjs,cjs}'),
  typescript: () => globSync('{node_modules,bench,functions,infra,local,scripts,shared,test}/**/*.ts'),
  bash: () => [
    ...globSync('/{usr,etc,opt}/**/*.sh', { exclude: (path) => path.startsWith('/usr/src') }),
    ...globSync('/{usr/bin,usr/sbin,etc/init.d}/*').filter(isShellScript),
  ],
};

/** Not a folder of such a name, nor a link to nowhere. */
function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isShellScript(path: string): boolean {
  return isFile(path) && /^#! ?\S*\/(?:env )?(?:ba)?sh\b/.test(readFileSync(path).subarray(0, 64).toString());
}

const accepts: Record<Language, (files: RightFile[]) => RightFile[]> = {
  python: compiledByPython,
  javascript: (files) => files.filter(({ source }) => isScript(source) || isModule(source)),
  typescript: (files) => files.filter(({ source }) => isStripped(source)),
  bash: (files) => files.filter(({ path }) => spawnSync('bash', ['-n', path]).status === 0),
};

/** Empty when there is no python3. */
function pythonLibrary(): string {
  const code = 'import sysconfig; print(sysconfig.get_path("stdlib"))';
  return spawnSync('python3', ['-c', code], { encoding: 'utf8' }).stdout?.trim() || '/nowhere';
}

function compiledByPython(files: RightFile[]): RightFile[] {
  if (files.length === 0) return [];
  const failures = compileErrors(files.map(({ source }) => source.replace(/^\ufeff/, '')));
  return files.filter((_, index) => failures[index] === null);
}

export interface CompileError {
  message: string;
  line: number | null;
}

/** What `python3` says to each source: null when it compiles. */
export function compileErrors(sources: string[]): (CompileError | null)[] {
  const code = [
    'import json, sys',
    'def compile_error(source):',
    '    try: compile(source, "main.py", "exec", dont_inherit=True)',
    '    except SyntaxError as error: return {"message": error.msg, "line": error.lineno}',
    '    except Exception as error: return {"message": repr(error), "line": None}',
    'print(json.dumps([compile_error(source) for source in json.load(sys.stdin)]))',
  ].join('\n');
  const output = execFileSync('python3', ['-W', 'ignore', '-c', code], {
    input: JSON.stringify(sources),
    maxBuffer: 1e9,
  });
  return JSON.parse(output.toString()) as (CompileError | null)[];
}

function isScript(source: string): boolean {
  const names = ['exports', 'require', 'module', '__filename', '__dirname'];
  return succeeds(() => vm.compileFunction(source.replace(/^#!/, '//'), names));
}

function isModule(source: string): boolean {
  return succeeds(() => new vm.SourceTextModule(source));
}

function isStripped(source: string): boolean {
  return succeeds(() => stripTypeScriptTypes(source, { mode: 'transform' }));
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
