import { globSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type Language, languages } from '../../../shared/domain/program.ts';
import { createSyntaxChecker } from '../../../shared/validation/syntax/syntax-checker.ts';
import { type RightFile, rightFiles } from '../../support/source-corpora.ts';

const checker = createSyntaxChecker();
afterAll(() => checker.close());

const byExtension: Record<string, Language> = { py: 'python', js: 'javascript', ts: 'typescript' };

async function refusedOf(language: Language, files: RightFile[]): Promise<unknown[]> {
  const refused: unknown[] = [];
  for (const { path, source } of files) {
    const violations = await checker.check({ language, source });
    if (violations.length > 0) refused.push({ path, ...violations[0] });
  }
  return refused;
}

/** `npm run bench` takes all of them. */
const everyNth: Record<Language, number> = { python: 25, javascript: 25, typescript: 50, bash: 4 };

test.each(languages)('accepts what is installed here in %s', async (language) => {
  const files = rightFiles(language, everyNth[language]);
  if (files.length === 0)
    console.log(`skipped: nothing is installed in ${language}, or no interpreter for it`);

  expect(await refusedOf(language, files)).toEqual([]);
});

test.each(Object.entries(byExtension))('accepts every example in .%s', async (extension, language) => {
  const files = globSync(`examples/*/*.${extension}`).map((path) => ({
    path,
    source: readFileSync(path, 'utf8'),
  }));

  expect(files.length).toBeGreaterThan(5);
  expect(await refusedOf(language, files)).toEqual([]);
});

const right: Record<Language, Record<string, string>> = {
  python: {
    'an encoding declaration': '# -*- coding: latin-1 -*-\nx = "é"\n',
    'an unknown encoding': '# coding: klingon\nx = 1\n',
    'a byte order mark': '\ufeffx = 1\n',
    'CR and LF': 'if 1:\r\n    x = 1\r\n',
    'carriage returns': 'if 1:\r    x = 1\r',
    tabs: 'if 1:\n\tx = 1\n',
    'a form feed': 'x = 1\n\f\ny = 2\n',
    'no newline at the end': 'x = 1',
    'only a comment': '# nothing',
    'a hashbang': '#!/usr/bin/env python3\nx = 1\n',
    'a template string': 'name = 1\nx = t"{name}"\n',
    'f-strings with their own quotes': 'd = {}\nx = f"{d["a(" + "b"]}"\n',
    'exceptions without parentheses': 'try:\n    pass\nexcept A, B:\n    pass\n',
    'type parameters': 'type A[T] = list[T]\ndef f[T: int = int](x: T) -> T: return x\n',
    'two hundred brackets': `x = ${'('.repeat(200)}1${')'.repeat(200)}\n`,
    'brackets in a string': `x = "${'('.repeat(1000)}"\n`,
    'brackets one after the other': 'f()\n'.repeat(500),
    'an integer of 4,300 digits': `x = ${'9'.repeat(4300)}\n`,
    'digits in a string': `x = "${'9'.repeat(5000)}"\n`,
    'an unused global': 'def f():\n    global x\n    x = 1\n',
    'what linters dislike': 'import os, sys\nclass A:\n    def __init__(self): return 1\nassert (1, "x")\n',
    'a line of half a megabyte': `x = "${'é'.repeat(250_000)}"\n`,
  },
  javascript: {
    'a hashbang': '#!/usr/bin/env node\nconsole.log(1)\n',
    'a return at the top': 'if (true) return;\n',
    'require, shadowed': 'const require = (name) => name;\n',
    'await at the top': 'const x = await f();\n',
    'await in parentheses at the top': 'await (f());\n',
    'an import and an export':
      'import fs, { readFileSync as r } from "fs";\nexport { r };\nexport default fs;\n',
    'import attributes': 'import a from "./a.json" with { type: "json" };\n',
    'sloppy mode': 'with (a) { b = 010 }\nvar let = 1; delete b;\n',
    'private names and static blocks': 'class A { #x = 1; static { this.y = #x in {}; } }\n',
    'patterns with sets of characters': 'const r = /[\\p{L}--[a-z]]/v, q = /(?<a>x)|(?<a>y)/;\n',
    'separators in a string': 'const a = "\u2028";\n',
    'three thousand additions': `x = 1${' + 1'.repeat(3000)};\n`,
  },
  typescript: {
    enums: 'const enum A { B = 1 << 2 }\n',
    namespaces: 'namespace A.B { export const c = 1 }\n',
    'parameter properties': 'class A { constructor(private readonly x: number) {} }\n',
    'an assertion in angle brackets': 'const a = <any>b;\n',
    'a generic arrow function': 'const f = <T,>(x: T): T => x;\n',
    'an export of a type': 'type A = 1;\nexport { A };\nexport type { B } from "./b.ts";\n',
    overloads: 'function f(a: string): void;\nfunction f(a: number): void;\nfunction f(a: unknown) {}\n',
    declarations: 'declare global { var a: number; interface A {} }\ndeclare function g(): void;\n',
    'CommonJS imports': 'import fs = require("fs");\nexport = fs;\n',
    satisfies: 'const a = { b: 1 } satisfies Record<string, number> as unknown;\n',
    'await at the top': 'const a: number = await f();\n',
    'types as names': 'let type = 1, as = 2, of = 3, namespace = 4, declare = 5;\n',
  },
  bash: {
    'what comes after an exit': 'echo a\nexit 0\n) not read (\n',
    'what comes after an exec': 'exec python3 - "$@"\nif if if\n',
    'a here-document': "cat <<'END'\n) $( \"\nEND\n",
    'a here-document without end': 'cat <<END\nabc\n',
    'an arithmetic for': 'for ((i = 0; i < 3; i++)); do echo $i; done\n',
    'a test with a pattern': '[[ $x =~ ^(a|b)+$ && ! -f y ]] || exit 1\n',
    'a process substitution': 'diff <(ls) >(cat)\n',
    'extended globs': 'shopt -s extglob\necho !(a|b)\n',
    'arrays and expansions': `a=(1 2 [5]=3); echo "\${a[@]:1:2}" \${#a[*]} \${x//a/b} \${!y@}\n`,
    'a case with fallthrough': 'case $x in a|b) ;& (c) ;;& *) echo;; esac\n',
    'a coprocess and a select': 'coproc X { cat; }\nselect a in b c; do break; done\n',
    'ANSI strings': "echo $'a\\'b' $\"c\"\n",
  },
};

describe.each(languages)('right %s', (language) => {
  test.each(Object.entries(right[language]))('accepts %s', async (_, source) => {
    expect(await checker.check({ language, source })).toEqual([]);
  });
});
