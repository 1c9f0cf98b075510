import type { Language } from '../../domain/program.ts';
import { type Analysis, unknownAnalysis } from './analysis.ts';
import { analyzeBash } from './bash/analyze-bash.ts';
import { readBash } from './bash/bash-facts.ts';
import { type Imported, importedAt } from './denied-modules.ts';
import type { Finding } from './finding.ts';
import { analyzeJavaScript } from './javascript/analyze-javascript.ts';
import { readJavaScript } from './javascript/javascript-facts.ts';
import type { Parsers } from './parse/parsers.ts';
import { analyzePython } from './python/analyze-python.ts';
import { readPython } from './python/python-facts.ts';
import { bashRules } from './rules/bash-rules.ts';
import { javascriptRules } from './rules/javascript-rules.ts';
import { pythonRules } from './rules/python-rules.ts';
import { runRules } from './run-rules.ts';
import { createPlaces } from './source-places.ts';
import { tooComplex } from './too-complex.ts';

/** What one source does, whatever the policy. */
export interface Inspection {
  findings: readonly Finding[];
  analysis: Analysis;
  imported: readonly Imported[];
}

/** Reads a source in its language and runs the rules of the language. */
export async function inspectSource(
  parsers: Parsers,
  language: Language,
  source: string,
): Promise<Inspection> {
  // A lone carriage return ends a line for the languages, and a comment with it, but not for the grammars.
  const tree = await parsers.parse(language, source.replaceAll(/\r(?!\n)/g, '\n'));
  if (tree === null) return { findings: [tooComplex], analysis: unknownAnalysis, imported: [] };
  const placeOf = createPlaces(tree.source);
  switch (language) {
    case 'python': {
      const facts = readPython(tree);
      return {
        findings: runRules(pythonRules, facts, placeOf),
        analysis: analyzePython(facts, placeOf),
        imported: importedAt(facts, placeOf),
      };
    }
    case 'bash': {
      const facts = readBash(tree);
      return { findings: runRules(bashRules, facts, placeOf), analysis: analyzeBash(facts), imported: [] };
    }
    case 'javascript':
    case 'typescript': {
      const facts = readJavaScript(tree);
      return {
        findings: runRules(javascriptRules, facts, placeOf),
        analysis: analyzeJavaScript(facts),
        imported: importedAt(facts, placeOf),
      };
    }
    default:
      return language satisfies never;
  }
}
