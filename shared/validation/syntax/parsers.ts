import type { Language } from '../../domain/program.ts';
import type { Parser } from './syntax-fault.ts';

/** A language's parser, loaded when it is first asked for: each takes time and memory. */
export const parsers: Record<Language, () => Promise<Parser>> = {
  python: async () => (await import('./python/parse-python.ts')).parsePython,
  javascript: async () => (await import('./javascript/parse-javascript.ts')).parseJavascript,
  typescript: async () => (await import('./javascript/parse-javascript.ts')).parseTypescript,
  bash: async () => (await import('./bash/parse-bash.ts')).parseBash,
};
