import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../../shared/domain/program.ts';

export interface Sample {
  name: string;
  language: Language;
  source: string;
}

/** Programs of a file, each after a line `#=# name`. */
export function readSamples(file: string, language: Language): Sample[] {
  const text = readFileSync(join(import.meta.dirname, file), 'utf8');
  return text
    .split(/^#=# /m)
    .slice(1)
    .map((part) => {
      const newline = part.indexOf('\n');
      return { name: `${language}: ${part.slice(0, newline)}`, language, source: part.slice(newline + 1) };
    });
}
