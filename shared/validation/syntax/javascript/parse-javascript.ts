import { type ParserOptions, parse } from '@babel/parser';
import { accepted, nestedTooDeeply, type Parser, type ParserAnswer } from '../syntax-fault.ts';
import { findBadPattern } from './find-bad-pattern.ts';
import { isParseError, type ParseError, toFault } from './to-fault.ts';

export const parseJavascript: Parser = (source) => parseAs(source, {});

/** An export of a name that only a type has is fine: types are taken away before it runs. */
export const parseTypescript: Parser = (source) =>
  parseAs(source, { plugins: ['typescript'], allowUndeclaredExports: true });

/** What only a module may hold: then what a module parser has to say is to the point. */
const moduleOnly = new Set(['ImportOutsideModule', 'ImportMetaOutsideModule', 'AwaitNotInAsyncContext']);

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
    const { program } = parse(source, { ...options, attachComment: false });
    const badPattern = findBadPattern(program);
    return badPattern === null ? null : Object.assign(badPattern, { isPattern: true });
  } catch (error) {
    if (!isParseError(error)) throw error;
    return Object.assign(error, { isPattern: false });
  }
}
