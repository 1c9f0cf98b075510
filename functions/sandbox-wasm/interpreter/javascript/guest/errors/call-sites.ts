import { expressionStart } from './expression-start.ts';

/** How code was evaluated, to lead a position in it back to the program's own source. */
export interface SourceOrigin {
  /** Characters that were put before the first line. */
  prefixLength: number;
  /** The original's line for each line; null where they are the same. */
  lines: number[] | null;
  /** The original source. */
  source: string;
}

export interface CallSite {
  functionName: string;
  file: string;
  line: number;
  column: number;
}

/** The file name of this library, whose calls aren't shown. */
const internalFile = 'node:internal';
/** The function around a CommonJS module. */
export const wrapperName = '$module';
/** As `patch-module.ts` names it. */
const callSitesKey = '@call';
const siteForm = /^ {4}at (?:(.*) \()?([^()]*):(\d+):(\d+)\)?$/;
const nativeForm = /^ {4}at (.*) \(native\)$/;

const lineBreak = /\r?\n/;

const origins = new Map<string, SourceOrigin>();
const linesByFile = new Map<string, string[]>();

export function rememberOrigin(file: string, origin: SourceOrigin): void {
  origins.set(file, origin);
  linesByFile.delete(file);
}

/** The lines that the engine left with an error; undefined for what was never thrown nor made as an error. */
export function engineStack(error: object): string | undefined {
  const stack: unknown = Reflect.get(error, callSitesKey);
  return typeof stack === 'string' ? withoutConstructors(stack, error) : undefined;
}

/** The calls above `new SomeError(…)` are its constructors, which programs never see in a stack. */
function withoutConstructors(stack: string, error: object): string {
  const classes = new Set<string>();
  for (
    let current = Object.getPrototypeOf(error);
    current !== null;
    current = Object.getPrototypeOf(current)
  ) {
    const maker: unknown = Object.getOwnPropertyDescriptor(current, 'constructor')?.value;
    if (maker === Error) break;
    if (typeof maker === 'function') classes.add(String(maker.name));
  }
  const lines = stack.split('\n');
  const first = lines.findIndex((line) => !classes.has(parseSite(line)?.functionName ?? ''));
  return first <= 0 ? stack : lines.slice(first).join('\n');
}

export function setEngineStack(error: object, stack: string): void {
  Object.defineProperty(error, callSitesKey, { value: stack, configurable: true, writable: true });
}

/** The position that a line of the engine's stack names, in the program's own source. */
export function parseSite(text: string): CallSite | null {
  const match = siteForm.exec(text);
  if (match === null) return null;
  const [, name = '', file = '', lineText = '', columnText = ''] = match;
  const origin = origins.get(file);
  const line = Number(lineText);
  const column = Math.max(1, Number(columnText) - (line === 1 ? (origin?.prefixLength ?? 0) : 0));
  if (origin === undefined) return { functionName: name, file, line, column };
  // Where lines were moved, columns were too.
  if (origin.lines !== null)
    return { functionName: name, file, line: origin.lines[line - 1] ?? line, column };
  return { functionName: name, file, line, column: expressionStart(lineOf(file, line), column) };
}

/** A line of the program's own source. */
export function lineOf(file: string, line: number): string {
  const lines = linesByFile.get(file) ?? origins.get(file)?.source.split(lineBreak) ?? [];
  linesByFile.set(file, lines);
  return lines[line - 1] ?? '';
}

/** A stack as programs know it, without this library's own calls and the engine's that they make. */
export function describeSites(stack: string): string[] {
  const shown: string[] = [];
  let isBelowInternal = false;
  for (const line of stack.split('\n').reverse()) {
    const native = nativeForm.exec(line);
    if (native !== null) {
      if (!isBelowInternal) shown.push(`    at ${native[1] ?? ''} (<anonymous>)`);
      continue;
    }
    const site = parseSite(line);
    if (site === null) continue;
    isBelowInternal = site.file === internalFile;
    if (!isBelowInternal) shown.push(describeSite(site));
  }
  return shown.reverse();
}

function describeSite({ functionName, file, line, column }: CallSite): string {
  const place = `${file}:${line}:${column}`;
  if (functionName === wrapperName) return `    at Object.<anonymous> (${place})`;
  return functionName === '' || functionName === '<anonymous>'
    ? `    at ${place}`
    : `    at ${functionName} (${place})`;
}

/** Where in the program's files an error arose: the topmost call there. */
export function firstSite(error: object): CallSite | null {
  for (const line of (engineStack(error) ?? '').split('\n')) {
    const site = parseSite(line);
    if (site !== null && origins.has(site.file)) return site;
  }
  return null;
}
