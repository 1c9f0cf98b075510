import { type Attack, bash, javascript, python, typescript } from '../../support/attack.ts';

/** Ways to the files of the host. Its secret lies in HOST_FILE, readable by all. */
export const hostFileAttacks: Attack[] = [
  bash(
    'no file of the whole system holds the secret of the host',
    `grep -rIl --exclude-dir=proc --exclude-dir=sys -E 'host-secre[t]-[0-9a-f]{32}' / 2>/dev/null; echo searched`,
    { stdout: 'searched\n' },
    { wallTimeMs: 60_000, cpuTimeMs: 60_000 },
  ),
  bash(
    'the file of the host is not there under any root',
    `for root in "" /proc/1/root /proc/self/root /proc/$PPID/root /proc/1/cwd /mnt /host /rootfs ../../../../../..; do
  cat "$root$HOST_FILE" 2>/dev/null && echo "read by $root"; done; echo done`,
    { stdout: 'done\n' },
  ),
  bash(
    'a link to the file of the host leads nowhere',
    'ln -s "$HOST_FILE" l; ln "$HOST_FILE" h 2>/dev/null; cat l h 2>/dev/null || echo nothing',
    { stdout: 'nothing\n' },
  ),
  bash(
    'passwords are not to be read, and of no use',
    'cat /etc/shadow /etc/sudoers 2>/dev/null; cut -d: -f1,3 /etc/passwd | tr "\\n" " "; ls -a /root 2>&1 | grep -o denied',
    { stdout: 'root:0 user:1000 nobody:65534 denied\n' },
  ),
  bash(
    'no credential of a cloud is there',
    `env | grep -ciE 'aws|ecs|e2b|token|secret|credential' ; ls -d ~/.aws ~/.ssh ~/.config /root/.aws /run/secrets /var/run/secrets /etc/ecs 2>/dev/null | wc -l`,
    { stdout: '0\n0\n' },
  ),
  python(
    'a walk over every name finds nothing of the host',
    `import os
wanted = set(os.environ["HOST_FILE"].split("/")[2:])
print([os.path.join(folder, name) for folder, names, files in os.walk("/") if not folder.startswith("/proc") for name in names + files if name in wanted or "gvisor" in name or "runsc" in name])`,
    { stdout: '[]\n' },
    { wallTimeMs: 60_000, cpuTimeMs: 60_000 },
  ),
  python(
    'descriptors lead to no folder outside',
    `import os
out = []
for fd in range(0, 1100):
    for path in ("..", "../../..", "etc/passwd", os.environ["HOST_FILE"][1:]):
        try: out.append((fd, os.open(path, os.O_RDONLY, dir_fd=fd)))
        except OSError: pass
print(out)`,
    { stdout: '[]\n' },
  ),
  javascript(
    'the file of the host is not there for node',
    `const fs = require('fs');
for (const path of [process.env.HOST_FILE, 'file://' + process.env.HOST_FILE, '/proc/1/root' + process.env.HOST_FILE, Buffer.from(process.env.HOST_FILE), new URL('file://' + process.env.HOST_FILE)]) {
  try { console.log(fs.readFileSync(path, 'utf8')); } catch (e) { console.log(e.code); }
}`,
    { stdout: 'ENOENT\nENOENT\nEACCES\nENOENT\nENOENT\n' },
  ),
  typescript(
    'an import of a file of the host finds none',
    `for (const path of [process.env.HOST_FILE, '/proc/1/exe', '/etc/shadow']) {
  await import(path as string).then(() => console.log('imported'), (e: { code: string }) => console.log(e.code));
}
export {};`,
    { stdout: 'ERR_MODULE_NOT_FOUND\n'.repeat(3) },
  ),
  typescript(
    'a watch on the system tells nothing of other processes',
    `import fs from 'node:fs';
for (const path of ['/proc/1', '/run/cordon', '/root']) {
  try { fs.watch(path, () => console.log('seen')); } catch {}
}
setTimeout(() => process.exit(0), 200);`,
    { stdout: '' },
  ),
];
