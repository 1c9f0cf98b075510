import { buildProject } from '../scripts/build.ts';
import { afterReady } from './after-ready.ts';
import { endOnSignals } from './end-on-signals.ts';
import { findLocalLanes } from './local-lanes.ts';
import { StartError } from './start-error.ts';
import { startLocalCloud } from './start-local-cloud.ts';
import { readTemplate } from './template/template.ts';
import { TemplateError } from './template/template-error.ts';

const DEFAULT_PORT = 3000;
const DEFAULT_DATA_DIRECTORY = '.cordon';

/** Builds, starts, prints where it answers, and ends on SIGINT or SIGTERM. */
export async function run(): Promise<void> {
  try {
    const port = readPort(process.env.PORT);
    const dataDirectory = process.env.CORDON_DATA || DEFAULT_DATA_DIRECTORY;
    const { templateFile, assetDirectory } = await buildProject();
    const template = await readTemplate(templateFile);
    const lanes = await findLocalLanes(process.env, dataDirectory);
    let report = lanes.report(null);
    const cloud = await startLocalCloud({
      template,
      assetDirectory,
      port,
      dataDirectory,
      ...(lanes.e2bKey !== null && { secrets: { E2bKeySecret: lanes.e2bKey } }),
      ...(lanes.gvisor !== null && { serviceEnvironment: lanes.gvisor }),
      variables({ problems }) {
        const [hostProblem = null] = problems.values();
        report = lanes.report(hostProblem);
        return {
          BACKENDS: report.on.join(','),
          DEPLOYMENT: lanes.deployment,
          // Who develops a receiver has it on this machine.
          CALLBACK_TARGETS: 'local',
        };
      },
    });
    endOnSignals(cloud);
    for (const line of await afterReady(cloud, dataDirectory, report)) console.log(line);
  } catch (error) {
    console.error(explain(error));
    process.exit(1);
  }
}

function readPort(text: string | undefined): number {
  const port = text === undefined || text === '' ? DEFAULT_PORT : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new StartError(`PORT must be a port number, not "${text}".`);
  return port;
}

const explain = (error: unknown): unknown =>
  error instanceof TemplateError || error instanceof StartError ? error.message : error;
