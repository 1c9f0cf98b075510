import { likeNode } from './like-node.ts';

const words =
  "b a C A é z e E É Z _x -y 10 9 ab a-b ß ss ñ n o 日本 あ A1 a1 resume résumé Résumé co-op coop CoOp it's its @at #h 1a a.b ÿ Å Ä Ö zz ZZ zZ œ oe æ ae ø";

export const localePrograms = [
  likeNode(
    'texts in order',
    `const words = ${JSON.stringify(words.split(' '))};
console.log(words.toSorted((a, b) => a.localeCompare(b)).join(' '));
console.log(words.toSorted((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' })).join(' '));
console.log(['a10', 'a2', 'a1', 'A2', 'a02', 'b1', '10', '9', '1.5', '1.10'].sort(new Intl.Collator('en', { numeric: true }).compare));
console.log('a'.localeCompare('á', undefined, { sensitivity: 'base' }), 'a'.localeCompare('A', undefined, { sensitivity: 'accent' }), 'a'.localeCompare('a'));`,
  ),
  likeNode(
    'numbers',
    `console.log((1234567.891).toLocaleString(), (1234.5).toLocaleString('en-US', { style: 'currency', currency: 'USD' }),
  (0.256).toLocaleString('en-US', { style: 'percent' }), new Intl.NumberFormat('en-US').format(1e6),
  Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(1.25), Intl.DateTimeFormat().resolvedOptions().timeZone);`,
  ),
  likeNode(
    'dates are in UTC',
    `const d = new Date(2024, 0, 31, 12, 30, 45, 123);
console.log(d, d.getDay(), d.toString(), d.toTimeString(), d.toUTCString(), d.getTimezoneOffset(), Date.parse('2024-02-30'),
  new Date('2024-01-15T10:00:00+02:00'), new Date('Jan 5, 2024 10:00'), new Date('2024/03/01'));
console.log(d.toLocaleDateString(), d.toLocaleTimeString(), d.toLocaleString(), d.toLocaleDateString('en-US', { month: 'short', day: 'numeric' }),
  d.toLocaleDateString('en-US', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }));`,
  ),
];
