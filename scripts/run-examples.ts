import { parseArgs } from 'node:util';
import { createCordonClient } from './cordon-client.ts';
import { type Example, loadExamples } from './examples/load-examples.ts';
import { createProgress, printReport } from './examples/print-report.ts';
import { type ExampleResult, runExample } from './examples/run-example.ts';
import { findService, isReachable } from './local-service.ts';

/**
 * `npm run examples`: runs the examples on a service over HTTP and compares every result.
 * Exit code 0: all passed; 1: some failed; 2: nothing could be run.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: '4' },
  },
});

process.exitCode = await main();

async function main(): Promise<0 | 1 | 2> {
  const concurrency = Number(options.concurrency);
  if (!Number.isInteger(concurrency) || concurrency < 1)
    return refuse('--concurrency takes a positive number.');
  const examples = await loadExamples(options.only);
  if (examples.length === 0) return refuse(`No example's name contains "${options.only}".`);

  const service = await findService('execute');
  if (service === null)
    return refuse('No API key: start `npm start` first, or set CORDON_KEY and CORDON_URL.');
  if (!(await isReachable(service.baseUrl))) {
    return refuse(`Nothing answers at ${service.baseUrl}: start \`npm start\` first, or set CORDON_URL.`);
  }

  const client = createCordonClient(service);
  const progress = options.json ? () => {} : createProgress(examples.length);
  const results = await runAll(examples, concurrency, async (example) => {
    const result = await runExample(client, example);
    progress(result);
    return result;
  });

  if (options.json) console.log(JSON.stringify(results, null, 2));
  else printReport(results);
  return results.every(({ passed }) => passed) ? 0 : 1;
}

/** Runs at most `concurrency` at once; results keep the order of the examples. */
async function runAll(
  examples: readonly Example[],
  concurrency: number,
  run: (example: Example) => Promise<ExampleResult>,
): Promise<ExampleResult[]> {
  const results: ExampleResult[] = [];
  const queue = examples.entries();
  const work = async () => {
    for (const [index, example] of queue) results[index] = await run(example);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return results;
}

function refuse(message: string): 2 {
  console.error(message);
  return 2;
}
