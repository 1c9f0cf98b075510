import type { Language, Program } from '../../domain/program.ts';

/** A source that can run: the program's own, or a file that it can import or start. */
export interface ProgramSource {
  /** Null for the program itself. */
  path: string | null;
  language: Language;
  source: string;
}

const languageOfEnding: Readonly<Record<string, Language>> = {
  py: 'python',
  pyw: 'python',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  sh: 'bash',
  bash: 'bash',
};

/** The program first, then its files whose ending tells a language, in order. */
export function sourcesOf({
  language,
  source,
  files,
}: Pick<Program, 'language' | 'source' | 'files'>): ProgramSource[] {
  const others = files.flatMap(({ path, content, encoding }) => {
    const found = languageOfEnding[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''];
    const text = encoding === 'base64' ? Buffer.from(content, 'base64').toString('utf8') : content;
    return found === undefined ? [] : [{ path, language: found, source: text }];
  });
  return [{ path: null, language, source }, ...others];
}
