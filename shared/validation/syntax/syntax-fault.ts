/** One place that a parser objects to, as it leaves the parser. */
export interface SyntaxFault {
  message: string;
  /** 1-based; null when no single place is to blame. */
  line: number | null;
  /** 1-based, in UTF-16 code units. */
  column: number | null;
}

/** What a parser says of one source. */
export interface ParserAnswer {
  faults: SyntaxFault[];
  /** The parser can't be used again. */
  isBroken: boolean;
}

/** Source in, its faults out; none when it parses. */
export type Parser = (source: string) => ParserAnswer;

/** More than these tell an author nothing new. */
export const maxFaults = 5;

export function accepted(): ParserAnswer {
  return { faults: [], isBroken: false };
}

/** For source that no parser's stack can hold. */
export function nestedTooDeeply(isBroken: boolean): ParserAnswer {
  const message = 'The program is nested too deeply, or one of its expressions is too long.';
  return { faults: [{ message, line: null, column: null }], isBroken };
}
