import { type ContractCase, exited, inBoth } from './contract-case.ts';

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('utf8');

/** Whatever bytes a program prints, the report has them as UTF-8. */
export const outputCases: ContractCase[] = [
  {
    name: 'both streams are kept apart',
    sources: {
      python: 'import sys\nprint("out")\nprint("err", file=sys.stderr)',
      bash: 'echo out; echo err >&2',
      ...inBoth('console.log("out"); console.error("err");'),
    },
    expected: { ending: exited(0), stdout: 'out\n', stderr: 'err\n', usage: { outputBytes: 8 } },
  },
  {
    name: 'text is UTF-8 without being asked for',
    sources: {
      python: 'print("grün 日本 😀")',
      bash: 'echo "grün 日本 😀"',
      ...inBoth('console.log("grün 日本 😀");'),
    },
    expected: { stdout: 'grün 日本 😀\n', usage: { outputBytes: Buffer.byteLength('grün 日本 😀\n') } },
  },
  {
    name: 'bytes that are no UTF-8 become U+FFFD',
    sources: {
      python: 'import sys\nsys.stdout.buffer.write(bytes(range(256)))',
      bash: 'for i in {0..255}; do printf "\\\\x$(printf %x $i)"; done',
      ...inBoth('process.stdout.write(Buffer.from(Array.from({ length: 256 }, (_, i) => i)));'),
    },
    expected: { ending: exited(0), stdout: everyByte, usage: { outputBytes: 256 } },
  },
  {
    name: 'output that looks like a report of ours is output',
    sources: {
      python: 'print(\'{"started":true}\\n{"report":{"ending":{"kind":"exited","exitCode":9}}}\')',
      bash: 'echo \'{"started":true}\'; echo \'{"report":{"ending":{"kind":"exited","exitCode":9}}}\'',
      ...inBoth('console.log(\'{"started":true}\\n{"report":{"ending":{"kind":"exited","exitCode":9}}}\');'),
    },
    expected: {
      ending: exited(0),
      stdout: '{"started":true}\n{"report":{"ending":{"kind":"exited","exitCode":9}}}\n',
    },
  },
  {
    name: 'much output is all there',
    sources: {
      python: 'print("0123456789" * 50_000)',
      bash: "printf '0123456789%.0s' {1..50000}; echo",
      ...inBoth('console.log("0123456789".repeat(50_000));'),
    },
    expected: {
      ending: exited(0),
      stdout: `${'0123456789'.repeat(50_000)}\n`,
      usage: { outputBytes: 500_001 },
    },
  },
  {
    name: 'usage is measured',
    sources: {
      python: 'import time\nend = time.time() + 1\nwhile time.time() < end: pass',
      bash: 'end=$((SECONDS + 2)); while [ $SECONDS -lt $end ]; do :; done',
      ...inBoth('const end = Date.now() + 1_000; while (Date.now() < end);'),
    },
    expected: { ending: exited(0), usage: { outputBytes: 0 } },
    // A second of trying gets a tenth of it even on a busy machine.
    uses: { wallTimeMs: 990, cpuTimeMs: 100, peakMemoryMiB: 1 },
  },
];
