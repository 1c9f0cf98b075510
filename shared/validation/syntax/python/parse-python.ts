import type { Diagnostic } from '@astral-sh/ruff-wasm-nodejs';
import {
  accepted,
  maxFaults,
  nestedTooDeeply,
  type ParserAnswer,
  type SyntaxFault,
} from '../syntax-fault.ts';
import { findUnclosed } from './find-unclosed.ts';
import { findPassedLimit, mayPassLimits } from './interpreter-limits.ts';
import { loadRuff } from './ruff.ts';

const ruff = await loadRuff();

/** CPython looks for the bracket that explains an error that comes after it; in larger source that takes too long. */
const explainedLength = 200_000;

export function parsePython(source: string): ParserAnswer {
  try {
    const nul = findNul(source);
    if (nul !== null) return { faults: [nul], isBroken: false };
    const faults = readDiagnostics(ruff.check(source));
    if (faults.length > 0) return { faults: explain(source, faults), isBroken: false };
    const passed = mayPassLimits(source) ? findPassedLimit(source, ruff.tokens(source)) : null;
    return passed === null ? accepted() : { faults: [passed], isBroken: false };
  } catch (error) {
    // Its stack is spent: what is on it stays there.
    if (error instanceof RangeError || error instanceof WebAssembly.RuntimeError)
      return nestedTooDeeply(true);
    throw error;
  }
}

/** CPython refuses it even in a string. */
function findNul(source: string): SyntaxFault | null {
  const index = source.indexOf('\0');
  if (index === -1) return null;
  const lines = source.slice(0, index).split(/\r\n|\r|\n/);
  const column = (lines.at(-1) ?? '').length + 1;
  return { message: 'Source code must not contain NUL characters', line: lines.length, column };
}

/** The first fault of each line: what follows on a line is mostly a consequence. */
function readDiagnostics(diagnostics: readonly Diagnostic[]): SyntaxFault[] {
  const faults: SyntaxFault[] = [];
  for (const diagnostic of diagnostics) {
    const fault = toFault(diagnostic);
    if (faults.every(({ line }) => line !== fault.line)) faults.push(fault);
    if (faults.length === maxFaults) break;
  }
  return faults;
}

function toFault({ code, message, start_location: { row, column } }: Diagnostic): SyntaxFault {
  // Ruff is about the use, CPython about the declaration, which is what has to move.
  const declared = code === 'PLE0118' ? /^(.*) on line (\d+)$/.exec(message) : null;
  return declared === null
    ? { message, line: row, column }
    : { message: declared[1] ?? message, line: Number(declared[2]), column: null };
}

/** An unclosed bracket explains every error on the lines after it, and the unexpected end of the source. */
function explain(source: string, faults: SyntaxFault[]): SyntaxFault[] {
  const [first] = faults;
  if (first === undefined || source.length > explainedLength) return faults;
  const unclosed = findUnclosed(source);
  if (unclosed === null) return faults;
  const isConsequence = (first.line ?? 0) > unclosed.line || first.message.startsWith('unexpected EOF');
  return isConsequence ? [unclosed] : faults;
}
