import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  IsolationError,
  type IsolationReport,
  proveIsolation,
} from '../../../../functions/sandbox-host/self-test/prove-isolation.ts';
import { createSentryHost, type SentryConfig } from '../../../../functions/sandbox-host/sentry/sentry.ts';
import { describeInEachMode, describeOnGvisor } from '../../../support/gvisor.ts';
import { readLeftovers } from '../../../support/sentry-leftovers.ts';

const launcherSource = 'functions/sandbox-host/launcher/launch-sentry.c';

/** Launchers that forget one step; `source` replaces `line`, and the self-test must notice by these checks. */
const carelessLaunchers = [
  {
    name: 'keeps the bounding set',
    line: 'must(prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0, "bounding set");',
    source: '',
    failed: ['the sentry has no capability'],
  },
  {
    name: 'leaves the sentry in the root of the host',
    line: 'must(chroot(arguments[2]) == 0 && chdir("/") == 0, "chroot");',
    source: '',
    failed: ['the sentry sees a root with nothing in it'],
  },
  {
    name: 'leaves a file of the host open',
    line: 'must(syscall(SYS_close_range, RUNSC_FD + 1, ~0U, 0) == 0, "close_range");',
    source: 'must(dup2(open("/etc/passwd", O_RDONLY), 30) == 30, "leak");',
    failed: ['the sentry holds no file of the host but the image'],
  },
  {
    name: 'does not ask to be killed first',
    line: 'must(score >= 0 && write(score, "1000", 4) == 4, "oom_score_adj");',
    source: '',
    failed: ['the kernel ends the sentry first when memory is short'],
  },
  {
    name: 'gives the guest the network of the host',
    line: 'limit_resources();',
    source:
      'limit_resources(); for (int i = 6; i < count; i++) if (strcmp(arguments[i], "--network=none") == 0) arguments[i] = "--network=host";',
    failed: ['the guest has no network'],
  },
];

describeInEachMode('the self-test of runsc %s', (gvisor) => {
  test('proves the isolation of this machine and says what it saw', async () => {
    const report = await selfTest(gvisor);

    expect(report).toMatchObject({
      mode: gvisor.mode,
      start: gvisor.mode === 'boot' ? 'restored' : 'fresh',
      failed: [],
      guest: { kernel: { gvisor: true }, seesHostFile: false },
      sentry: { noNewPrivs: ['1'], seccomp: ['2'], capabilities: ['0000000000000000'] },
    });
  });
});

describeOnGvisor('the self-test on a machine that does not isolate', (gvisor) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'careless-launcher-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(carelessLaunchers)('refuses a launcher that $name', async ({ name, line, source, failed }) => {
    const launcherPath = compileCareless(folder, name, line, source);

    const error = await selfTest({ ...gvisor, launcherPath }).catch((reason) => reason);

    expect(error).toBeInstanceOf(IsolationError);
    expect(error.report?.failed).toEqual(expect.arrayContaining(failed));
    expect(error.message).toContain(failed[0]);
    expect(readLeftovers().folders).toEqual([]);
  });

  test('refuses a machine where no sandbox comes up', async () => {
    const error = await selfTest({ ...gvisor, runscPath: '/bin/false' }).catch((reason) => reason);

    expect(error).toBeInstanceOf(IsolationError);
    expect(error.report).toBeNull();
  });

  test('refuses a machine where no sandbox can be restored', async () => {
    const error = await selfTest({ ...gvisor, callerPath: '/bin/false' }).catch((reason) => reason);

    expect(error).toBeInstanceOf(IsolationError);
    expect(`${error.cause}`).toContain('containerManager.Checkpoint');
    expect(readLeftovers().folders).toEqual([]);
  });
});

async function selfTest(config: SentryConfig): Promise<IsolationReport> {
  const host = createSentryHost(config);
  try {
    return await proveIsolation(host, config);
  } finally {
    await host.close();
  }
}

function compileCareless(folder: string, name: string, line: string, replacement: string): string {
  const source = readFileSync(launcherSource, 'utf8');
  expect(source).toContain(line);
  const launcher = join(folder, name.replaceAll(' ', '-'));
  writeFileSync(`${launcher}.c`, source.replace(line, replacement || ';'));
  execFileSync('gcc', ['-static', '-o', launcher, `${launcher}.c`]);
  return launcher;
}
