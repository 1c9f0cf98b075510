import { type Attack, given, javascript, throws } from '../../../support/attack.ts';

const smallDisk = { diskMiB: 1 };

/** Ways to files of the host and to the pipes of the process around the engine, and floods of the guest's own. */
export const fileAttacks: Attack[] = [
  javascript(
    '/etc/passwd does not exist',
    `require('fs').readFileSync('/etc/passwd');`,
    throws('Error', 'ENOENT'),
  ),
  javascript(
    'climbing out of the root leads to the root',
    `require('fs').readFileSync('../../../../../../etc/passwd');`,
    throws('Error', 'ENOENT'),
  ),
  javascript(
    '/proc/self/environ does not exist',
    `require('fs').readFileSync('/proc/self/environ');`,
    throws('Error', 'ENOENT'),
  ),
  javascript(
    'a file URL leads to no file of the host',
    `require('fs').readFileSync(new URL('file:///etc/passwd'));`,
    throws('Error', 'ENOENT'),
  ),
  javascript(
    'the root holds folders of its own only',
    `console.log(require('fs').readdirSync('/').sort().join());`,
    { stdout: 'dev,home,tmp\n' },
  ),
  javascript(
    'require loads no file of the host',
    `const names = ['/etc/passwd', '../../../../etc/hostname', '/proc/self/exe', './main.js/../../../etc/passwd', 'file:///etc/passwd'];
console.log(names.map((name) => { try { require(name); return 'loaded'; } catch (e) { return e.code; } }).every((code) => code !== 'loaded'));`,
    { stdout: 'true\n' },
  ),
  javascript(
    'a link to a file of the host leads nowhere',
    `const fs = require('fs');
fs.symlinkSync('/etc/passwd', 'l');
fs.readFileSync('l');`,
    throws('Error', 'ENOENT'),
  ),
  javascript(
    'a loop of links ends',
    `const fs = require('fs');
fs.symlinkSync('a', 'b');
fs.symlinkSync('b', 'a');
fs.readFileSync('a');`,
    throws('Error', 'ELOOP'),
  ),
  javascript(
    'descriptors of the host are none of the guest',
    `const fs = require('fs');
const open = [];
for (let fd = 3; fd < 300; fd++) {
  try { fs.writeSync(fd, '{"kind":"ready"}\\n'); open.push(fd); } catch {}
  try { fs.readSync(fd, Buffer.alloc(1)); open.push(fd); } catch {}
}
console.log(open);`,
    { stdout: '[]\n' },
  ),
  javascript(
    'a file that fills the disk throws ENOSPC',
    `const fs = require('fs');
for (;;) fs.appendFileSync('big', 'x'.repeat(1e5));`,
    throws('Error', 'ENOSPC'),
    smallDisk,
  ),
  javascript(
    'a file that exceeds the disk at once throws ENOSPC',
    `require('fs').writeFileSync('big', Buffer.alloc(2 << 20));`,
    throws('Error', 'ENOSPC'),
    smallDisk,
  ),
  javascript(
    'empty files are bounded in number',
    `const fs = require('fs');
let n = 0;
try { for (;;) fs.writeFileSync('f' + n++, ''); } catch (e) { console.log(n < 300, e.code); }`,
    { stdout: 'true ENOSPC\n' },
    smallDisk,
  ),
  javascript(
    'folders in folders are bounded in number',
    `const fs = require('fs');
let n = 0;
try { for (;;) { fs.mkdirSync('d'); process.chdir('d'); n++; } } catch (e) { console.log(n < 300, e.code); }`,
    { stdout: 'true ENOSPC\n' },
    smallDisk,
  ),
  javascript(
    'links are bounded in number',
    `const fs = require('fs');
let n = 0;
try { for (;;) fs.symlinkSync('x'.repeat(200), 'l' + n++); } catch (e) { console.log(n < 300, e.code); }`,
    { stdout: 'true ENOSPC\n' },
    smallDisk,
  ),
  javascript(
    'space of removed files is given back once',
    `const fs = require('fs');
for (let i = 0; i < 10; i++) { fs.writeFileSync('f', 'x'.repeat(5e5)); fs.unlinkSync('f'); fs.rmSync('f', { force: true }); }
let n = 0;
try { for (;;) fs.writeFileSync('g' + n++, 'x'.repeat(1e5)); } catch (e) { console.log(n < 12, e.code); }`,
    { stdout: 'true ENOSPC\n' },
    smallDisk,
  ),
  javascript(
    'a name of 256 bytes is refused',
    `require('fs').writeFileSync('x'.repeat(256), '');`,
    throws('Error', 'ENAMETOOLONG'),
  ),
  javascript(
    'a path with a NUL is refused',
    `require('fs').writeFileSync('a\\0b', '');`,
    throws('TypeError', 'null bytes'),
  ),
  javascript(
    'removing everything leaves a program that runs',
    `const fs = require('fs');
try { fs.rmSync('/', { recursive: true, force: true }); } catch {}
try { fs.rmSync('/home', { recursive: true, force: true }); } catch {}
try { fs.rmSync('/dev', { recursive: true, force: true }); } catch {}
console.log('still here');`,
    { stdout: 'still here\n' },
  ),
  given(
    {
      context: JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
      env: JSON.parse('{"__proto__":"polluted","constructor":"c","toString":"t"}'),
      files: ['__proto__', 'constructor', 'toString'].map((path) => ({
        path,
        content: path,
        encoding: 'utf8',
      })),
    },
    javascript(
      'names of prototypes are ordinary names in context, environment and files',
      `const fs = require('fs');
console.log(({}).polluted, Object.hasOwn(context, '__proto__'), process.env.constructor, process.env.toString, fs.readdirSync('.').sort().join());
console.log(fs.readFileSync('__proto__', 'utf8'), fs.readFileSync('toString', 'utf8'), fs.existsSync('valueOf'), fs.existsSync('hasOwnProperty'));`,
      {
        stdout: 'undefined true c t __proto__,constructor,main.js,toString\n__proto__ toString false false\n',
      },
    ),
  ),
];
