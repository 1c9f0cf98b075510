/** As large as a source can be; the others are as bad at a seventh of it. */
const megabyte = 1_000_000;
const size = 150_000;

function fill(piece: string, length = size): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

/** Sources that are made to take time or memory, in any language. */
export const pathologicalSources = {
  'nothing at all': () => '',
  'a megabyte of open parentheses': () => fill('(', megabyte),
  'a megabyte of open braces': () => fill('{', megabyte),
  'brackets nested 100,000 deep': () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  'a megabyte of quotes': () => fill("'", megabyte),
  'a megabyte of double quotes': () => fill('"', megabyte),
  'a sum of half a million names': () => `${fill('x+')}x`,
  'a chain of assignments': () => `${fill('a=')}1`,
  'a chain of members': () => `a${fill('.a')}`,
  'a chain of calls': () => `a${fill('()')}`,
  'a chain of dunder members': () => `a${fill('.__class__')}`,
  'a thousand levels of indentation': () =>
    Array.from({ length: 1_000 }, (_, level) => `${' '.repeat(level)}if x:`).join('\n'),
  'lone surrogates': () => fill('\ud800', 100_000),
  'lone surrogates in texts': () => fill('x = "\udc00"\n', 100_000),
  'a megabyte of NULs': () => fill('\0', megabyte),
  'NULs between tokens': () => fill('import\0os\0\n', 100_000),
  'nested lambdas': () => fill('lambda:'),
  'nested f-strings': () => fill('f"{'),
  'nested templates': () => fill('`${'),
  'a megabyte of signs': () => fill('-', megabyte),
  'a chain of arrows': () => fill('a=>'),
  'open generics': () => fill('a<'),
  'open conditionals': () => fill('a?'),
  'open substitutions': () => fill('$('),
  'open expansions': () => fill('${'),
  'open backticks': () => fill('`'),
  'open here documents': () => fill('cat <<E\n'),
  'a pipe of commands': () => `${fill('a|')}a`,
  'a list of half a million numbers': () => `x=[${fill('1,')}]`,
  'half a million lines': () => fill('\n'),
  'lines of two words': () => fill('a b\n'),
  'a line of a megabyte in a text': () => `x = "${fill('y')}"`,
  'a text full of what rules look for': () =>
    `import os\nos.system("${fill('curl wget rm /dev/tcp | | sh ')}")`,
  'concatenated texts': () => `x = ${fill('"os"+')}"s"`,
  'names that stand for each other': () =>
    Array.from({ length: 20_000 }, (_, index) => `a${index + 1} = a${index} + "x"`).join('\n'),
  'nested calls of getattr': () => `${fill('getattr(', 80_000)}a${fill(',"b")', 50_000)}`,
  'walks of names that stand for each other': () =>
    Array.from(
      { length: 8_000 },
      (_, index) => `a${index + 1} = getattr(a${index}, "__cl" + "ass__").__base__`,
    ).join('\n'),
  'many texts full of what rules look for': () =>
    `import os\nos.system("x")\n${fill(`y = "${fill('nc curl mkfifo rm -r ', 3_900)}"\n`, megabyte)}`,
  'calls inside three hundred endless loops': () =>
    `${Array.from({ length: 300 }, (_, level) => `${' '.repeat(level)}while True:`).join('\n')}\n${fill(`${' '.repeat(300)}os.fork()\n`)}`,
  'imports without end': () => fill('import os, sys as s\n'),
  'tokens in no order': () =>
    Array.from({ length: size }, (_, index) => '([{)]}x;:@$'[(index * 7_919) % 11]).join(''),
} as const satisfies Record<string, () => string>;
