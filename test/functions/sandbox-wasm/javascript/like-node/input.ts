import { likeNode } from './like-node.ts';

export const inputPrograms = [
  likeNode('all at once', "console.log(JSON.stringify(require('fs').readFileSync(0, 'utf8')));", {
    stdin: 'a\nb\nü\n',
  }),
  likeNode('nothing', "console.log(JSON.stringify(require('fs').readFileSync(0, 'utf8')));"),
  likeNode(
    'data events with an encoding',
    "process.stdin.setEncoding('utf8'); let d = ''; process.stdin.on('data', (c) => (d += c)); process.stdin.on('end', () => console.log(d.split('\\n')));",
    { stdin: '1 2\n3 4\n' },
  ),
  likeNode(
    'data events with bytes',
    "const all = []; process.stdin.on('data', (c) => all.push(c)).on('end', () => console.log(Buffer.concat(all).toString(), Buffer.isBuffer(all[0])));",
    { stdin: 'hellö' },
  ),
  likeNode(
    'readable events',
    "let b = ''; process.stdin.on('readable', () => { let c; while ((c = process.stdin.read()) !== null) b += c; }); process.stdin.on('end', () => console.log(b));",
    { stdin: 'xyz\n' },
  ),
  likeNode(
    'for await',
    "(async () => { let d = ''; for await (const c of process.stdin) d += c; console.log(d.trim()); })();",
    {
      stdin: 'hello\nworld\n',
    },
  ),
  likeNode(
    'lines by event',
    "const rl = require('readline').createInterface({ input: process.stdin }); const L = []; rl.on('line', (l) => L.push(l)); rl.on('close', () => console.log(L));",
    { stdin: 'a\r\nb\n\nc' },
  ),
  likeNode(
    'lines by for await',
    "import readline from 'node:readline'; const rl = readline.createInterface({ input: process.stdin, crlfDelay: Infinity });\nfor await (const l of rl) console.log('>', l);",
    { stdin: '1\n2\n' },
  ),
  likeNode(
    'questions',
    "const rl = require('readline').createInterface({ input: process.stdin, output: process.stdout });\nrl.question('Name? ', (n) => { console.log('Hi ' + n); rl.question('Age? ', (a) => { console.log(a); rl.close(); }); });",
    { stdin: 'Bob\n42\n' },
  ),
  likeNode(
    'questions by promise',
    "import * as readline from 'node:readline/promises'; const rl = readline.createInterface({ input: process.stdin, output: process.stdout });\nconsole.log('got', await rl.question('Q? ')); rl.close();",
    { stdin: 'ans\n' },
  ),
  likeNode(
    'arguments and environment',
    "console.log(process.argv.length, process.argv.slice(2), process.env, 'X' in process.env, process.env.NOPE, process.platform, process.exitCode);",
    { args: ['a', 'b c', ''], env: { FOO: 'bar', TZ: 'UTC' } },
  ),
];
