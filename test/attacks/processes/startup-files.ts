import { type Attack, bash, given, javascript, python, typescript } from '../../support/attack.ts';

const file = (path: string, content: string) => ({ path, content, encoding: 'utf8' as const });

/** Files and variables that interpreters obey at their start, left for the next program, or brought along. */
export const startupAttacks: Attack[] = [
  bash(
    'start-up files in the home are gone with it',
    `for f in .bashrc .bash_profile .profile .bash_logout .inputrc .npmrc .node_repl_history .pythonrc .netrc; do echo 'echo left; exit 9' > ~/$f; done
mkdir -p ~/.local/lib/python3.11/site-packages ~/.config ~/.node_modules/fs ~/node_modules/fs; echo 'import os; os._exit(9)' > ~/.local/lib/python3.11/site-packages/usercustomize.py
echo 'import os; os._exit(9)' > ~/.local/lib/python3.11/site-packages/left.pth; echo 'process.exit(9)' > ~/node_modules/fs/index.js; cp ~/.bashrc /tmp; cp ~/.bashrc /dev/shm; echo left`,
    { stdout: 'left\n' },
  ),
  bash(
    'schedules, services and libraries of the system take nothing',
    `for f in /etc/profile /etc/bash.bashrc /etc/ld.so.preload /etc/ld.so.conf.d/x.conf /etc/crontab /etc/cron.d/x /etc/environment /usr/lib/python3/dist-packages/x.pth /usr/lib/python3.11/sitecustomize.py /var/spool/cron/user /etc/hosts /usr/local/bin/python3; do
  (echo x >> $f) 2>/dev/null && echo "wrote $f"; done; command -v at crontab systemctl; echo done`,
    { stdout: 'done\n' },
  ),
  bash(
    'processes that wait for the next run do not see it',
    '(set -m; while :; do cat /proc/[0-9]*/cmdline > /tmp/seen 2>/dev/null; echo left > ~/left; done &) ; echo armed',
    { stdout: 'armed\n' },
  ),
  given(
    {
      env: {
        BASH_ENV: '/home/user/evil.sh',
        ENV: '/home/user/evil.sh',
        PS4: '$(id)',
        SHELLOPTS: 'xtrace',
        LD_PRELOAD: '/tmp/x.so',
        LD_LIBRARY_PATH: '/tmp',
        PATH: '/home/user:/usr/bin:/bin',
      },
      files: [file('evil.sh', 'echo from BASH_ENV'), file('python3', '#!/bin/sh\necho forged')],
    },
    bash('variables of bash work for the program only', 'id -u; cat /proc/1/maps | grep -c x.so; true', {
      stdout: 'from BASH_ENV\n1000\n0\n',
      stderr: /./,
    }),
  ),
  given(
    {
      env: {
        PYTHONSTARTUP: '/home/user/evil.py',
        PYTHONPATH: '/home/user',
        PYTHONHOME: '/tmp',
        PYTHONINSPECT: '1',
        PYTHONBREAKPOINT: 'os.abort',
        LD_PRELOAD: '/tmp/x.so',
      },
      files: [
        file('evil.py', 'print("startup")'),
        file('sitecustomize.py', 'print("site")'),
        file('usercustomize.py', 'print("user")'),
        file('left.pth', 'import evil'),
      ],
    },
    python(
      'variables and files that Python obeys come too late',
      'import os\nprint(os.environ["PYTHONHOME"], os.getuid())',
      { stdout: '/tmp 1000\n' },
    ),
  ),
  given(
    {
      files: ['json', 'os', 'base64', 'signal', 'resource', 'select', 'encodings', 'cordon_runner', 're'].map(
        (name) => file(`${name}.py`, 'import builtins\nbuiltins.print("shadowed", __name__)'),
      ),
    },
    python(
      "modules with names of the runner's own are shadowed for the program only",
      'import json\nimport os\nprint(os.getuid())',
      { stdout: 'shadowed json\n1000\n' },
    ),
  ),
  given(
    {
      env: {
        NODE_OPTIONS: '--require /home/user/evil.js',
        NODE_PATH: '/home/user',
        NODE_EXTRA_CA_CERTS: '/etc/shadow',
        NODE_REPL_EXTERNAL_MODULE: '/home/user/evil.js',
      },
      files: [
        file('evil.js', 'console.log("required")'),
        file('node_modules/fs/index.js', 'console.log("shadowed")'),
        file('package.json', '{"type":"module","imports":{"#a":"/etc/passwd"}}'),
      ],
    },
    javascript('variables that node obeys come too late', `console.log(typeof process.env.NODE_OPTIONS);`, {
      stdout: 'string\n',
    }),
  ),
  given(
    {
      files: [
        file('tsconfig.json', '{"extends":"/etc/passwd"}'),
        file('main.js', 'console.log("mine")'),
        file('node.config.json', '{}'),
      ],
    },
    typescript(
      'files named like our own do not replace the program',
      `const text: string = 'program';\nconsole.log(text);`,
      { stdout: 'program\n' },
    ),
  ),
  given(
    { files: [file('main.sh', 'echo replaced')] },
    bash('a file in the place of the program is overwritten by it', 'echo program', { stdout: 'program\n' }),
  ),
];
