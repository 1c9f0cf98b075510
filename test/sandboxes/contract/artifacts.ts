import { describe, expect, it } from '@jest/globals';
import type { ContractRun, ContractSubject } from '../backend-contract.ts';

const plot = `import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt, os
os.makedirs("out")
plt.plot([1, 2, 3])
plt.savefig("out/plot.png")`;

/** The files that a program leaves, where its globs ask for them. */
export function describeArtifacts({ run }: ContractRun, { languages }: ContractSubject): void {
  const text = (content: Uint8Array) => Buffer.from(content).toString();
  const bash = (source: string, artifacts: string[]) => run({ language: 'bash', source }, { artifacts });

  describe('collects artifacts', () => {
    it('that match, in order of their paths, and no others', async () => {
      const source =
        'mkdir -p out/deep; for f in out/b.txt out/a.txt out/deep/c.txt out/d.log e.txt; do printf $f > $f; done';
      const { artifacts } = await bash(source, ['out/*.txt']);

      expect(artifacts.map(({ path }) => path)).toEqual(['out/a.txt', 'out/b.txt']);
      expect(artifacts.map(({ content }) => text(content))).toEqual(['out/a.txt', 'out/b.txt']);
    });

    it('with any bytes, or none', async () => {
      const { artifacts } = await bash("printf '\\x00\\xff' > a; : > b", ['a', 'b']);

      expect(artifacts.map(({ content }) => [...content])).toEqual([[0, 255], []]);
    });

    it('of a program that failed', async () => {
      const { report, artifacts } = await bash('echo log > log.txt; exit 4', ['*.txt']);

      expect(report.ending).toEqual({ kind: 'exited', exitCode: 4 });
      expect(artifacts).toHaveLength(1);
    });

    it('none, when none match', async () => {
      expect((await bash('echo a > a.txt', ['*.png'])).artifacts).toEqual([]);
    });

    it('no links, devices or folders', async () => {
      const source = 'ln -s /etc/passwd link; ln -s /dev/zero zero; mkdir folder; mkfifo fifo; echo a > a';
      const { artifacts } = await bash(source, ['*', '../*', '/etc/*']);

      expect(artifacts.map(({ path }) => path).filter((path) => path !== 'main.sh')).toEqual(['a']);
    });

    it('nothing through a folder that is a link', async () => {
      const { artifacts } = await bash('ln -s /etc out', ['out/*', 'out/passwd']);

      expect(artifacts).toEqual([]);
    });

    it('up to 10 MB each, and leaves out larger ones', async () => {
      const source =
        'head -c 10000000 /dev/zero > fits; head -c 10485761 /dev/zero > large; truncate -s 20M sparse';
      const { artifacts } = await bash(source, ['*s*', 'large']);

      expect(
        artifacts.map(({ path, content }) => [path, content.length]).filter(([path]) => path !== 'main.sh'),
      ).toEqual([['fits', 10_000_000]]);
    });

    it('fails no run for a file that is locked or oddly named', async () => {
      const source =
        "echo a > $'new\\nline'; echo b > $'no\\x80utf'; echo c > locked; chmod 000 locked; echo d > fine";
      const { report, artifacts } = await bash(source, ['*']);

      expect(report.ending).toEqual({ kind: 'exited', exitCode: 0 });
      expect(artifacts.map(({ path }) => path)).toContain('fine');
    });

    if (!languages.includes('python')) return;
    it('a plot as PNG', async () => {
      const { report, artifacts } = await run(
        { language: 'python', source: plot },
        { artifacts: ['out/*.png'] },
      );

      expect(report).toMatchObject({ ending: { kind: 'exited', exitCode: 0 }, error: null });
      expect(artifacts.map(({ path }) => path)).toEqual(['out/plot.png']);
      expect([...(artifacts[0]?.content.subarray(0, 4) ?? [])]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    });
  });
}
