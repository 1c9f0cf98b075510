import { likeNode, stdoutLikeNode } from './like-node.ts';

const language = 'typescript' as const;

export const typescriptPrograms = [
  likeNode(
    'types disappear; enums, namespaces, parameter properties work',
    `enum Color { Red, Green = 'g' }
interface X { a: number }
class P { constructor(private readonly n: number, public s = 'x') {} get v(): number { return this.n; } }
namespace N { export const q = 5; }
const x: X = { a: 1 };
function id<T>(t: T): T { return t; }
abstract class Shape { abstract area(): number; declare tag?: string; }
class Square extends Shape { side!: number; override area(): number { return 4; } }
console.log(Color.Red, Color[0], Color.Green, new P(3).v, N.q, id<number>(x.a), x as unknown, x!.a satisfies number, new Square().area());`,
    { language },
  ),
  likeNode(
    'imports of TypeScript',
    "import { hi } from './helper.ts'; import type { T } from './helper.ts';\nconst t: T = 'a';\nconsole.log(hi(t));",
    {
      language,
      files: { 'helper.ts': 'export type T = string; export const hi = (s: T): string => "hi " + s;' },
    },
  ),
  likeNode(
    'CommonJS',
    "const fs = require('fs');\nconst n: number = 5;\nconsole.log(typeof fs, n, typeof module);",
    { language },
  ),
  likeNode('await at the top', 'const n: number = await Promise.resolve(3);\nconsole.log(n);', { language }),
  stdoutLikeNode('a syntax error of its own', 'const a: number = 1;\nlet b: = 3;', { language }),
  stdoutLikeNode('an uncaught exception', 'const a: number = 1;\nthrow new RangeError(String(a));', {
    language,
  }),
];
