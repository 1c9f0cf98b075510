import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createSentryHost, type SentryHost } from '../../../../functions/sandbox-host/sentry/sentry.ts';
import { readAll, startPython } from '../../../support/guest-program.ts';
import { describeOnGvisor } from '../../../support/gvisor.ts';

describeOnGvisor('the root image of a guest', (gvisor) => {
  let host: SentryHost;
  beforeAll(() => {
    host = createSentryHost(gvisor);
  });
  afterAll(() => host.close());

  const asUser =
    'import os\nos.chown("/home/user", 1000, 1000); os.setgid(1000); os.setuid(1000)\nos.environ["HOME"] = "/home/user"\n';

  /** What a program of the user says; pid 1 fails with it, so that its end tells. */
  async function say(source: string): Promise<string> {
    const sentry = await startPython(host, asUser + source, { memoryMiB: 1024, processes: 64 });
    const [out, err, end] = await Promise.all([readAll(sentry.stdout), readAll(sentry.stderr), sentry.ended]);
    expect({ err, end }).toEqual({ err: '', end: { kind: 'exited' } });
    return out.trim();
  }

  test('draws a plot of a data frame', async () => {
    const signature = await say(`
import pandas as pd, matplotlib.pyplot as plt
pd.DataFrame({"x": [1, 2], "y": [3, 4]}).plot(x="x", y="y")
plt.savefig("/home/user/plot.png")
print(open("/home/user/plot.png", "rb").read(4))`);

    expect(signature).toBe("b'\\x89PNG'");
  });

  test.each([
    ['node', ['/usr/bin/node', '-e', 'console.log([1, 2].at(-1))'], '2'],
    ['bash', ['/bin/bash', '-c', 'for n in 1 2; do echo $n; done | tail -n 1'], '2'],
    ['sh and awk', ['/bin/sh', '-c', 'echo 1 1 | awk "{ print \\$1 + \\$2 }"'], '2'],
    ['sed, grep, find', ['/bin/sh', '-c', 'find /etc/passwd | grep -c pass | sed s/1/2/'], '2'],
  ])('runs %s', async (_, argv, answer) => {
    expect(await say(`os.execv(${JSON.stringify(argv[0])}, ${JSON.stringify(argv)})`)).toBe(answer);
  });

  test('has its two users and their homes', async () => {
    const users = await say(
      'import pwd\nprint([(user.pw_name, user.pw_uid, user.pw_dir) for user in map(pwd.getpwuid, (0, 1000))])',
    );

    expect(users).toBe("[('root', 0, '/root'), ('user', 1000, '/home/user')]");
  });

  test('has bytecode for whatever is imported, so that nothing is compiled at run time', async () => {
    const sources = await say(`
import sys, importlib.util, json, asyncio, numpy, pandas, matplotlib.pyplot
print([name for name, module in sorted(sys.modules.items())
       if (getattr(module, "__file__", None) or "").endswith(".py") and not os.path.exists(importlib.util.cache_from_source(module.__file__))])`);

    expect(sources).toBe('[]');
  });

  test('bundles what guests load; a module from a bundle looks as if it came from its file', async () => {
    const seen = await say(`
import sys
sys.path.insert(0, "/usr/lib/cordon")
from module_bundle import close_bundles, open_bundle
usual = len(sys.meta_path)
for name in "base", "data": open_bundle(name)
found = [type(finder.find_spec(name).loader).__name__ for name in ("agent", "dataclasses", "pandas") for finder in sys.meta_path[:2] if finder.find_spec(name)]
import dataclasses
close_bundles()
import inspect, json
print(found, len(sys.meta_path) == usual)
print(type(dataclasses.__loader__).__name__, dataclasses.__spec__.loader is dataclasses.__loader__, dataclasses.__file__, dataclasses.__cached__)
print(inspect.getsource(dataclasses.fields).splitlines()[0], dataclasses.__loader__.get_code("dataclasses").co_name)`);

    expect(seen.split('\n')).toEqual([
      "['_BundleLoader', '_BundleLoader', '_BundleLoader'] True",
      'SourceFileLoader True /usr/lib/python3.11/dataclasses.py /usr/lib/python3.11/__pycache__/dataclasses.cpython-311.pyc',
      'def fields(class_or_instance): <module>',
    ]);
  });

  test('holds no setuid program, no package manager and no compiler', async () => {
    const found = await say(`
import shutil, stat
setuid = [os.path.join(folder, name) for folder, _, names in os.walk("/usr") for name in names
          if os.lstat(os.path.join(folder, name)).st_mode & (stat.S_ISUID | stat.S_ISGID)]
print(setuid + [name for name in ("apt", "dpkg", "gcc", "perl", "mount", "su") if shutil.which(name)])`);

    expect(found).toBe('[]');
  });
});
