import type { Language } from '../../../../shared/domain/program.ts';
import { wrongBash } from './bash.ts';
import { wrongJavascript } from './javascript.ts';
import { wrongPython } from './python.ts';
import { wrongTypescript } from './typescript.ts';
import type { WrongProgram } from './wrong-program.ts';

export const wrongPrograms: Record<Language, WrongProgram[]> = {
  python: wrongPython,
  javascript: wrongJavascript,
  typescript: wrongTypescript,
  bash: wrongBash,
};
