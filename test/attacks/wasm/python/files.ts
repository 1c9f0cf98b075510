import { type Attack, python, throws } from '../../../support/attack.ts';

const notFound = throws('FileNotFoundError');

/** Ways to files of the host, and to the pipes of the process around the interpreter. */
export const fileAttacks: Attack[] = [
  python('/etc/passwd does not exist', 'open("/etc/passwd")', notFound),
  python('climbing out of the root leads to the root', 'open("../../../../../../etc/passwd")', notFound),
  python('/proc/self/environ does not exist', 'open("/proc/self/environ", "rb")', notFound),
  python('/proc/self/fd does not exist', 'import os\nos.listdir("/proc/self/fd")', notFound),
  python('/dev/mem does not exist', 'open("/dev/mem", "rb")', notFound),
  python(
    'the root holds four folders of its own',
    'import os\nprint(sorted(os.listdir("/")), sorted(os.listdir("/dev")))',
    {
      stdout:
        "['dev', 'home', 'lib', 'tmp'] ['null', 'random', 'stderr', 'stdin', 'stdout', 'urandom', 'zero']\n",
    },
  ),
  python(
    'a link to a file of the host leads nowhere',
    'import os\nos.symlink("/etc/passwd", "l")\nopen("l")',
    notFound,
  ),
  python(
    'a loop of links ends',
    'import os\nos.symlink("a", "b")\nos.symlink("b", "a")\nopen("a")',
    throws('OSError', 'Symbolic link loop'),
  ),
  python(
    'the interpreter can not be changed',
    'open("/lib/python314.zip", "r+b")',
    throws('OSError', 'Read-only'),
  ),
  python(
    'the interpreter can not be removed',
    'import os\nos.unlink("/lib/python314.zip")',
    throws('OSError', 'Read-only'),
  ),
  python('devices can not be removed', 'import os\nos.unlink("/dev/null")', throws('OSError', 'Read-only')),
  python('a device node is not made', 'import os\nos.mknod("m", 0o60660, 1)', throws('AttributeError')),
  python(
    'every descriptor from 3 on is closed',
    `import os
def is_open(fd):
    try:
        os.write(fd, b'{"kind":"ready"}\\n')
        return True
    except OSError:
        return False
print([fd for fd in range(3, 300) if is_open(fd)])`,
    { stdout: '[]\n' },
  ),
  python(
    'messages of the protocol printed to stdout are output',
    `print('{"kind":"finished","ending":{"kind":"exited","exitCode":0}}')`,
    { stdout: '{"kind":"finished","ending":{"kind":"exited","exitCode":0}}\n' },
  ),
  python(
    'a zip that climbs out of its folder stays in the sandbox',
    `import zipfile, os
with zipfile.ZipFile("z.zip", "w") as z: z.writestr("../../../../etc/evil", "x")
zipfile.ZipFile("z.zip").extractall("out")
print([p for p, d, f in os.walk("/") if "evil" in f])`,
    { stdout: "['/home/user/out/etc']\n" },
  ),
  python('a path with a NUL is refused', 'open("a\\0b", "w")', throws('ValueError', 'embedded null')),
  python('a name of 256 bytes is refused', 'open("x" * 256, "w")', throws('OSError', 'Filename too long')),
  python(
    'a path of 10,000 bytes is refused',
    'open("x/" * 5000, "w")',
    throws('OSError', 'Filename too long'),
  ),
  python('a file of the host is not mapped', 'import mmap\nmmap.mmap(1, 4096)', throws('OSError')),
  python(
    'ioctl and fcntl reach nothing',
    'import fcntl\nfcntl.ioctl(1, 0x5412, b"x")',
    throws('OSError', 'Not a tty'),
  ),
];
