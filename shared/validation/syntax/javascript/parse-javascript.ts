import { type ParserOptions, parse } from '@babel/parser';
import { accepted, nestedTooDeeply, type Parser, type ParserAnswer } from '../syntax-fault.ts';
import { findBadPattern } from './find-bad-pattern.ts';
import { isParseError, type ParseError, toFault } from './to-fault.ts';

export const parseJavascript: Parser = (source) => parseAs(source, { plugins: ['sourcePhaseImports'] });

/**
 * An export of a name that only a type has is fine: types are taken away before it runs. So are declarations of what
 * is there already, which the parser takes for a second one: source with any is trusted in this.
 */
export const parseTypescript: Parser = (source) =>
  parseAs(source, {
    plugins: ['typescript', 'sourcePhaseImports', 'decoratorAutoAccessors'],
    allowUndeclaredExports: true,
    errorRecovery: /\bdeclare\b/.test(source),
  });

/** What only a module may hold: then what a module parser has to say is to the point. */
const moduleOnly = new Set(['ImportOutsideModule', 'ImportMetaOutsideModule', 'AwaitNotInAsyncContext']);

/** A slash that starts no comment. */
const mayHavePattern = /\/(?![/*])/;

/** As in Node: CommonJS, and an ES module when it doesn't parse so. */
function parseAs(source: string, options: ParserOptions): ParserAnswer {
  try {
    const asScript = tryParse(source, { ...options, sourceType: 'commonjs' });
    if (asScript === null) return accepted();
    const asModule = asScript.isPattern ? asScript : tryParse(source, { ...options, sourceType: 'module' });
    if (asModule === null) return accepted();
    const isModule = moduleOnly.has(asScript.reasonCode) || asModule.pos > asScript.pos;
    return { faults: [toFault(source, isModule ? asModule : asScript)], isBroken: false };
  } catch (error) {
    if (error instanceof RangeError) return nestedTooDeeply(false);
    throw error;
  }
}

/** The first error, null when there is none. */
function tryParse(source: string, options: ParserOptions): (ParseError & { isPattern: boolean }) | null {
  try {
    const { program, errors } = parse(source, { ...options, attachComment: false });
    // There are some only where the options ask to go on after one.
    const error = errors?.find(({ reasonCode }) => reasonCode !== 'VarRedeclaration');
    if (error !== undefined) throw error;
    const badPattern = mayHavePattern.test(source) ? findBadPattern(program) : null;
    return badPattern === null ? null : Object.assign(badPattern, { isPattern: true });
  } catch (error) {
    if (!isParseError(error)) throw error;
    return Object.assign(error, { isPattern: false });
  }
}
