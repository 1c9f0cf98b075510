import { likeNode } from './like-node.ts';

export const filePrograms = [
  likeNode(
    'files and folders',
    `const fs = require('fs');
fs.writeFileSync('a.txt', 'hello'); fs.appendFileSync('a.txt', ' wörld');
console.log(fs.readFileSync('a.txt', 'utf8'), fs.existsSync('a.txt'), fs.existsSync('b'), fs.statSync('a.txt').size, fs.statSync('a.txt').isFile(), fs.readFileSync('a.txt'));
fs.mkdirSync('d/e/f', { recursive: true }); fs.writeFileSync('d/e/x.json', JSON.stringify({ a: 1 }));
console.log(fs.readdirSync('d'), fs.readdirSync('d/e').sort(), fs.readdirSync('d', { withFileTypes: true }).map((e) => [e.name, e.isDirectory()]), fs.readdirSync('d', { recursive: true }).sort());
fs.renameSync('a.txt', 'd/b.txt'); fs.copyFileSync('d/b.txt', 'c.txt'); fs.truncateSync('c.txt', 4); console.log(fs.readFileSync('c.txt', 'latin1'));
fs.symlinkSync('c.txt', 'link'); console.log(fs.readFileSync('link', 'utf8'), fs.lstatSync('link').isSymbolicLink(), fs.readlinkSync('link'));
fs.unlinkSync('c.txt'); console.log(fs.existsSync('link')); fs.rmSync('d', { recursive: true }); fs.rmSync('gone', { force: true });
console.log(fs.readdirSync('.').sort());`,
  ),
  likeNode(
    'failures',
    `const fs = require('fs'); fs.mkdirSync('full'); fs.writeFileSync('full/x', '');
const attempts = { read: () => fs.readFileSync('nope'), folder: () => fs.readFileSync('.'), again: () => fs.mkdirSync('full'),
  write: () => fs.writeFileSync('no/dir/x', ''), rmdir: () => fs.rmdirSync('zz'), notEmpty: () => fs.rmdirSync('full'),
  unlink: () => fs.unlinkSync('zz'), stat: () => fs.statSync('zz'), list: () => fs.readdirSync('zz'), rename: () => fs.renameSync('zz', 'yy'),
  through: () => fs.readFileSync('main.js/x'), exclusive: () => fs.writeFileSync('full/x', '', { flag: 'wx' }), access: () => fs.accessSync('zz'), descriptor: () => fs.closeSync(99) };
for (const [name, attempt] of Object.entries(attempts)) {
  try { attempt(); console.log(name, 'worked'); } catch (e) { console.log(name, e.code, e.errno, e.syscall, e.message); }
}
console.log(fs.statSync('zz', { throwIfNoEntry: false }));`,
  ),
  likeNode(
    'callbacks and promises',
    `const fs = require('fs'); const fsp = require('fs/promises');
fs.writeFile('a', 'x', (e) => { console.log(e); fs.readFile('a', 'utf8', (e, d) => { console.log(e, d); fs.readFile('zz', (e, d) => { console.log(e.code, d); later(); }); }); });
async function later() {
  await fsp.writeFile('p', 'data'); console.log(await fsp.readFile('p', 'utf8'), (await fsp.stat('p')).size);
  await fsp.mkdir('q'); console.log((await fsp.readdir('.')).sort(), fs.promises === fsp);
  try { await fsp.readFile('nope'); } catch (e) { console.log(e.code); }
}`,
  ),
  likeNode(
    'descriptors',
    `const fs = require('fs'); const fd = fs.openSync('f', 'w+'); fs.writeSync(fd, 'hello '); fs.writeSync(fd, Buffer.from('world'));
const b = Buffer.alloc(5); console.log(fs.readSync(fd, b, 0, 5, 6), b.toString(), fs.fstatSync(fd).size); fs.closeSync(fd);
fs.writeSync(1, 'direct\\n'); fs.writeFileSync(1, 'direct 2\\n'); fs.writeSync(2, 'err\\n');`,
  ),
  likeNode(
    'streams',
    `const fs = require('fs'); const w = fs.createWriteStream('s.txt'); w.write('l1\\n'); w.write('l2\\n');
w.end('l3\\n', () => {
  const rl = require('readline').createInterface({ input: fs.createReadStream('s.txt') });
  rl.on('line', (l) => console.log('L', l)).on('close', () => fs.createReadStream('s.txt', 'utf8').on('data', (d) => console.log(JSON.stringify(d))));
});`,
  ),
  likeNode(
    'files that came with the program',
    "const fs = require('fs'); console.log(fs.readFileSync('a/b.csv', 'utf8').split('\\n'), fs.readdirSync('a'), fs.readFileSync('./main.js', 'utf8').length, process.cwd() === __dirname);",
    { files: { 'a/b.csv': 'x,y\n1,2\n' } },
  ),
];
