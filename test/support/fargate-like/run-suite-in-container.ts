import { type ContainerOptions, runInContainer } from './run-in-container.ts';

export interface SuiteResult {
  readonly passed: number;
  /** The failed tests with their messages, or what jest said when it did not get to run them. */
  readonly failed: string[];
}

interface JestReport {
  readonly numPassedTests: number;
  readonly testResults: {
    readonly message: string;
    readonly assertionResults: {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: string[];
    }[];
  }[];
}

/** Runs test files inside a Fargate-like container, by the same jest as everywhere. */
export async function runSuiteInContainer(
  paths: readonly string[],
  options: ContainerOptions,
): Promise<SuiteResult> {
  const { stdout, stderr, exitCode } = await runInContainer(
    [
      'node_modules/.bin/node',
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--json',
      '--cacheDirectory=/tmp/jest',
      ...paths,
    ],
    options,
  );
  if (!stdout.startsWith('{'))
    return { passed: 0, failed: [`jest ended with ${exitCode}: ${stdout}${stderr}`] };
  const report: JestReport = JSON.parse(stdout);
  const failed = report.testResults.flatMap(({ message, assertionResults }) => {
    const tests = assertionResults.filter(({ status }) => status === 'failed');
    if (tests.length === 0 && exitCode !== 0 && message !== '') return [message];
    return tests.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join()}`);
  });
  return { passed: report.numPassedTests, failed };
}
