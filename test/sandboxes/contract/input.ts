import { expect } from '@jest/globals';
import { type ContractCase, exited, inBoth } from './contract-case.ts';

const file = (path: string, content: string, encoding: 'utf8' | 'base64' = 'utf8') => ({
  path,
  content,
  encoding,
});

/** Whatever a program is given, it can read. */
export const inputCases: ContractCase[] = [
  {
    name: 'a program without a word ends well',
    sources: { python: '', bash: '', ...inBoth('') },
    expected: {
      ending: exited(0),
      stdout: '',
      stderr: '',
      truncated: { stdout: false, stderr: false },
      error: null,
    },
  },
  {
    name: 'stdin is read, to its end',
    sources: {
      python: 'import sys\nprint(sys.stdin.read().upper(), end="")',
      bash: 'tr a-z A-Z',
      ...inBoth('process.stdout.write(require("fs").readFileSync(0, "utf8").toUpperCase());'),
    },
    input: { stdin: 'two\nlines' },
    expected: { ending: exited(0), stdout: 'TWO\nLINES' },
  },
  {
    name: 'stdin is empty when there is none',
    sources: {
      python: 'import sys\nprint(repr(sys.stdin.read()))',
      bash: 'printf "\'%s\'\\n" "$(cat)"',
      ...inBoth('console.log("\'" + require("fs").readFileSync(0, "utf8") + "\'");'),
    },
    expected: { ending: exited(0), stdout: "''\n" },
  },
  {
    name: 'arguments come as they are',
    sources: {
      python: 'import sys\nprint("|".join(sys.argv[1:]))',
      bash: 'IFS="|"; echo "$*"',
      ...inBoth('console.log(process.argv.slice(2).join("|"));'),
    },
    input: { args: ['a b', '$HOME', '--flag', 'ü', '"'] },
    expected: { stdout: 'a b|$HOME|--flag|ü|"\n' },
  },
  {
    name: 'the environment has what is given',
    sources: {
      python: 'import os\nprint(os.environ["GREETING"], repr(os.environ["EMPTY"]))',
      bash: 'echo "$GREETING \'$EMPTY\'"',
      ...inBoth(`console.log(process.env.GREETING, "'" + process.env.EMPTY + "'");`),
    },
    input: { env: { GREETING: 'ça va', EMPTY: '' } },
    expected: { stdout: "ça va ''\n" },
  },
  {
    name: 'the environment has nothing of ours',
    sources: {
      python:
        'import os\nprint([k for k in os.environ if k.startswith(("AWS", "E2B", "CORDON", "POWERTOOLS", "NODE_"))])',
      bash: 'echo "[$(env | grep -E "^(AWS|E2B|CORDON|POWERTOOLS|NODE_)")]"',
      ...inBoth(
        'console.log(JSON.stringify(Object.keys(process.env).filter((k) => /^(AWS|E2B|CORDON|POWERTOOLS|NODE_)/.test(k))));',
      ),
    },
    expected: { stdout: '[]\n' },
  },
  {
    name: 'files are there, text and bytes, in folders',
    sources: {
      python:
        'print(open("in/text.txt", encoding="utf-8").read(), list(open("in/deep/bytes.bin", "rb").read()), sep="|")',
      bash: 'printf "%s|[%s]\\n" "$(cat in/text.txt)" "$(od -An -tu1 in/deep/bytes.bin | sed "s/^ *//; s/  */, /g")"',
      ...inBoth(
        'const fs = require("fs"); console.log(fs.readFileSync("in/text.txt", "utf8") + "|[" + [...fs.readFileSync("in/deep/bytes.bin")].join(", ") + "]");',
      ),
    },
    input: { files: [file('in/text.txt', 'grün'), file('in/deep/bytes.bin', 'AP+A', 'base64')] },
    expected: { stdout: 'grün|[0, 255, 128]\n' },
  },
  {
    name: 'a file of the program is a module',
    sources: {
      python: 'import helper\nprint(helper.twice(21))',
      javascript: 'console.log(require("./helper.js").twice(21));',
      bash: '. ./helper.sh; twice 21',
    },
    input: {
      files: [
        file('helper.py', 'def twice(n): return n * 2'),
        file('helper.js', 'exports.twice = (n) => n * 2;'),
        file('helper.sh', 'twice() { echo $(($1 * 2)); }'),
      ],
    },
    expected: { ending: exited(0), stdout: '42\n' },
  },
  {
    name: 'JavaScript modules are modules',
    sources: inBoth('import { twice } from "./helper.mjs";\nconsole.log(await Promise.resolve(twice(21)));'),
    input: { files: [file('helper.mjs', 'export const twice = (n) => n * 2;')] },
    expected: { ending: exited(0), stdout: '42\n' },
  },
  {
    name: 'the context is data',
    sources: {
      python: 'print(context["n"] * 2, context["list"], context["text"])',
      ...inBoth('console.log(context.n * 2, JSON.stringify(context.list), context.text);'),
    },
    input: { context: { n: 21, list: [1, 2], text: 'ü"\n' } },
    expected: { stdout: listBetween('42', 'ü"\n') },
  },
  {
    name: 'a context of null is null',
    sources: {
      python: 'print(context is None)',
      ...inBoth('console.log(context === null ? "True" : "False");'),
    },
    input: { context: null },
    expected: { stdout: 'True\n' },
  },
  {
    name: 'without a context there is none',
    sources: {
      python: 'print("context" in globals())',
      javascript: 'console.log(typeof context === "undefined" ? "False" : "True");',
    },
    expected: { stdout: 'False\n' },
  },
  {
    name: 'it runs in its home, which it can write',
    sources: {
      python:
        'import os\nopen("new.txt", "w").write("x")\nprint(os.getcwd(), os.path.getsize("/home/user/new.txt"))',
      bash: 'printf x > new.txt; echo "$PWD $(wc -c < /home/user/new.txt)"',
      ...inBoth(
        'const fs = require("fs"); fs.writeFileSync("new.txt", "x"); console.log(process.cwd(), fs.statSync("/home/user/new.txt").size);',
      ),
    },
    expected: { ending: exited(0), stdout: '/home/user 1\n' },
  },
];

/** Python and JavaScript print a list each in their own way. */
function listBetween(first: string, last: string) {
  return expect.stringMatching(new RegExp(`^${first} \\[1, ?2\\] ${last.replace(/[\n]/g, '\\n')}\\n$`));
}
