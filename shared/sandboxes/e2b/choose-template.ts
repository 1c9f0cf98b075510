import { unreachable } from '../../domain/cordon-error.ts';
import type { Program } from '../../domain/program.ts';

/** The templates of `sandbox-host`, and what stands for each in an account of E2B's cloud. */
export type TemplateName = 'python' | 'python-data' | 'javascript' | 'bash';

const dataModule = /^[ \t]*(?:from|import)[ \t][^#\n]*\b(?:numpy|pandas|matplotlib)\b/m;

/**
 * The template with the right interpreter. `python-data` differs from `python` only in what is loaded ahead: a
 * wrong guess costs time, nothing else.
 */
export function chooseTemplate({ language, source }: Pick<Program, 'language' | 'source'>): TemplateName {
  switch (language) {
    case 'python':
      return dataModule.test(source) ? 'python-data' : 'python';
    case 'javascript':
    case 'typescript':
      return 'javascript';
    case 'bash':
      return 'bash';
    default:
      return unreachable(language);
  }
}
