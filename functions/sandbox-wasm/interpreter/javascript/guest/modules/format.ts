import { packageType } from './resolve.ts';

const moduleStatement =
  /(?:^|[\n;}])\s*(?:import\s*(?:[\w$*{"']|\(?\s*\.)|export\s*(?:[{*]|default\b|const\b|let\b|var\b|function\b|async\b|class\b))/;
const anyAwait = /\bawait\b/;
const importMeta = /\bimport\s*\.\s*meta\b/;
/** `await (…)` at the start of a line: CommonJS takes it for a call of a function `await`. */
const topLevelAwaitCall = /^(?:(?:const|let|var)\s[^\n]*=\s*)?await\s*\(/m;

/** What a file's name, or its package, says that it is; null when only its syntax can tell. */
export function formatOf(path: string): 'module' | 'commonjs' | null {
  if (/\.m[jt]s$/.test(path)) return 'module';
  if (/\.c[jt]s$/.test(path)) return 'commonjs';
  return packageType(path);
}

/** Whether source that CommonJS can't parse may be an ES module. */
export function looksLikeModule(code: string): boolean {
  return moduleStatement.test(code) || anyAwait.test(code) || importMeta.test(code);
}

export function awaitsAtTop(code: string): boolean {
  return topLevelAwaitCall.test(code);
}
