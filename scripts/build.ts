import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stop } from 'esbuild';
import { packageSandboxWasm } from '../functions/sandbox-wasm/package/package-sandbox-wasm.ts';
import { stackName } from '../infra/stack-name.ts';
import { backends } from '../shared/domain/execution.ts';
import { bundleFunctions } from './bundle-functions.ts';
import { bundleSandboxHost } from './bundle-sandbox-host.ts';

/** What a build makes, all under `build/`: Lambda assets, and the template with every lane and its assets. */
export interface BuiltProject {
  templateFile: string;
  assetDirectory: string;
}

const functionsDirectory = 'build/functions';
/** Of this machine, which has any lane it can run; what is deployed has its own, `cdk.out`. */
const cloudAssembly = 'build/cloud';
const inputs = [
  'functions/**/*',
  'shared/**/*',
  'infra/**/*',
  'scripts/*.ts',
  'package-lock.json',
  'cdk.json',
];
const stampFile = 'build/inputs.sha256';

/** Bundles, packages and synthesizes, unless nothing that goes into them has changed since the last time. */
export async function buildProject(): Promise<BuiltProject> {
  const project = {
    templateFile: join(cloudAssembly, `${stackName}.template.json`),
    assetDirectory: cloudAssembly,
  };
  const stamp = await hashInputs();
  if ((await readStamp(project.templateFile)) === stamp) return project;

  await mkdir(functionsDirectory, { recursive: true });
  await Promise.all([
    bundleFunctions(functionsDirectory),
    bundleSandboxHost({ functions: functionsDirectory, image: 'build/images/sandbox-host' }),
    packageSandboxWasm(join(functionsDirectory, 'sandbox-wasm')),
  ]);
  // esbuild's service would stay for as long as this process: a quarter of a gigabyte under `npm start`.
  await stop();
  await promisify(execFile)(process.execPath, ['infra/app.ts'], {
    env: {
      ...process.env,
      CDK_OUTDIR: cloudAssembly,
      CDK_CONTEXT_JSON: JSON.stringify({ lanes: backends.join(',') }),
    },
  });
  await writeFile(stampFile, stamp);
  return project;
}

async function hashInputs(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  const files: string[] = [];
  for await (const entry of glob(inputs, { withFileTypes: true })) {
    if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
  }
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex');
}

async function readStamp(templateFile: string): Promise<string | null> {
  try {
    await readFile(templateFile);
    return await readFile(stampFile, 'utf8');
  } catch {
    return null;
  }
}

if (import.meta.main) await buildProject();
