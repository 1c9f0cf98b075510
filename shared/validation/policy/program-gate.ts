import { createHash } from 'node:crypto';
import type { Policy } from '../../domain/policy.ts';
import type { Language, Program } from '../../domain/program.ts';
import { createRecentValues } from '../../domain/recent-values.ts';
import { type Analysis, unknownAnalysis } from './analysis.ts';
import { findDeniedModules } from './denied-modules.ts';
import type { Finding } from './finding.ts';
import { type Inspection, inspectSource } from './inspect-source.ts';
import { judge, type Verdict } from './judge.ts';
import { createParsers } from './parse/parsers.ts';
import { threadCpuMs } from './parse/thread-cpu.ts';
import type { ReadWasm } from './parse/wasm-files.ts';
import { type ProgramSource, sourcesOf } from './program-sources.ts';
import { tooComplex } from './too-complex.ts';

export type InspectedProgram = Pick<Program, 'language' | 'source' | 'files'> & {
  /** Whose it is: nobody gets, nor can tell by the time it takes, what another has sent. */
  owner?: string;
};

export interface Inspected extends Verdict {
  /** Of the program itself, without its files. */
  analysis: Analysis;
}

export interface ProgramGate {
  /**
   * Reads a program and its files and says what the policy makes of it. A filter, not the boundary: a program that
   * passes is no safer for it. Nothing of the program is run. A source takes half a second at worst; a program whose
   * files take longer altogether is too complex.
   */
  inspect(program: InspectedProgram, policy: Policy): Promise<Inspected>;
  /** Loads the grammar of a language ahead of the first program in it; `inspect` does so too. */
  prepare(language: Language): Promise<void>;
}

/** Findings are kept for this many sources: agents send the same program again with other input. */
const mostKept = 200;

/** For a program with its files; a source alone has the parser's own limit. */
const inspectionCpuMs = 700;

export function createProgramGate(options: { readWasm: ReadWasm }): ProgramGate {
  const parsers = createParsers(options.readWasm);
  const kept = createRecentValues<Inspection>(mostKept);

  async function inspectOne({ language, source }: ProgramSource, owner = ''): Promise<Inspection> {
    const key = `${owner}:${language}:${createHash('sha256').update(source, 'utf16le').digest('base64')}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const inspection = await inspectSource(parsers, language, source);
    kept.set(key, inspection);
    return inspection;
  }

  return {
    async prepare(language) {
      await inspectSource(parsers, language, '');
    },
    async inspect(program, policy) {
      const startedMs = threadCpuMs();
      const findings: Finding[] = [];
      let analysis = unknownAnalysis;
      for (const source of sourcesOf(program)) {
        if (threadCpuMs() - startedMs > inspectionCpuMs) {
          findings.push(tooComplex);
          break;
        }
        const found = await inspectOne(source, program.owner);
        if (source.path === null) analysis = found.analysis;
        findings.push(...inFile(source, [...found.findings, ...findDeniedModules(found.imported, policy)]));
      }
      return { ...judge(withoutOwnModules(findings, program), policy), analysis };
    },
  };
}

/** A violation has no field for its file; the message begins with it. */
function inFile({ path }: ProgramSource, findings: readonly Finding[]): readonly Finding[] {
  if (path === null) return findings;
  return findings.map((finding) => ({ ...finding, message: `${path}: ${finding.message}` }));
}

/** A module of the program's own files needs to be on no list: its source is looked at. */
function withoutOwnModules(findings: readonly Finding[], { files }: InspectedProgram): Finding[] {
  const own = new Set(files.map(({ path }) => path.replace(/(?:\/.*|\.\w+)$/, '')));
  return findings.filter(
    ({ module, isForListedModulesOnly }) => !isForListedModulesOnly || module === null || !own.has(module),
  );
}
