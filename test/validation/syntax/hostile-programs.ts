import type { Language } from '../../../shared/domain/program.ts';

const sourceLength = 1_000_000;
/** As much of it as a request may carry. */
const fill = (text: string) => text.repeat(Math.ceil(sourceLength / text.length)).slice(0, sourceLength);
const around = (before: string, times: number, middle: string, after: string) =>
  `${before.repeat(times)}${middle}${after.repeat(times)}`;

/** Programs that are there to hang or break a parser, by what they are full of. */
export const hostilePrograms: Record<Language, Record<string, string>> = {
  python: {
    parentheses: fill('('),
    'closed parentheses': around('(', 499_000, '1', ')'),
    'square brackets': fill('['),
    braces: fill('{'),
    'unary operators': `x = ${'-'.repeat(900_000)}1`,
    lambdas: `x = ${'lambda:'.repeat(100_000)}1`,
    'f-strings in f-strings': around('f"{', 100_000, '1', '}"'),
    'additions, a million': `x = a${'+a'.repeat(499_000)}`,
    calls: `f${'()'.repeat(400_000)}`,
    assignments: `${'a='.repeat(400_000)}1`,
    'strings side by side': `x = ${'"a"'.repeat(300_000)}`,
    quotes: fill('"'),
    'a long string': `x = "${'a'.repeat(900_000)}"`,
    'wrong lines': fill('x = = 1\n'),
    colons: fill(':'),
    indentation: Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}if 1:\n`).join(''),
    'integers without end': `x = ${'9'.repeat(900_000)}`,
    'NUL characters': fill('\0'),
    'half surrogates': fill('\ud800'),
    'half surrogates in a string': `x = "${'\udc00'.repeat(300_000)}"`,
  },
  javascript: {
    parentheses: fill('('),
    braces: fill('{'),
    'templates in templates': around('`${', 200_000, '1', '}`'),
    'open templates': fill('`${'),
    'arrow functions': `${'a=>'.repeat(300_000)}1`,
    'patterns or parentheses': fill('((a)=>'),
    'patterns or objects': fill('({a:'),
    'additions, a million': `x = a${'+a'.repeat(499_000)}`,
    'ternary operators': `x = ${'a?b:'.repeat(200_000)}c`,
    members: `a${'.a'.repeat(499_000)}`,
    statements: fill('x=1;\n'),
    'regular expressions': fill('/a/;'),
    'a regular expression of groups': `/${'(a'.repeat(300_000)}/`,
    declarations: `var ${'a,'.repeat(499_000)}a`,
    'half surrogates': fill('\ud800'),
  },
  typescript: {
    'type arguments': `let a: ${fill('A<')}`,
    'closed type arguments': `let a: ${around('A<', 200_000, 'b', '>')}`,
    'angle brackets': fill('<'),
    'type assertions': `${'<a>'.repeat(300_000)}b`,
    'generic arrow functions': fill('<T>('),
    'conditional types': `type A = ${'a extends b?c:'.repeat(60_000)}d`,
    unions: `type A = ${'a|'.repeat(499_000)}b`,
    'arrows or ternary operators': `${'a?(b):c=>'.repeat(50_000)}d`,
    assertions: `a${'!'.repeat(900_000)}`,
  },
  bash: {
    substitutions: fill('$('),
    'closed substitutions': around('$(', 300_000, 'a', ')'),
    'quoted substitutions': fill('"$('),
    groups: fill('{ '),
    parentheses: fill('('),
    expansions: fill('${a:-'),
    conditions: fill('if a;then '),
    backquotes: fill('`'),
    'escaped backquotes': fill('`\\`'),
    pipes: `${'a|'.repeat(499_000)}a`,
    'here-documents': fill('<<A '),
    functions: fill('f(){ '),
    quotes: fill("'"),
  },
};
