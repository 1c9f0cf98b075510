import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type CapabilityList, fargateLikeSpec } from './container-spec.ts';

const project = join(import.meta.dirname, '../../..');
const userIds = { root: 0, user: 1000 };
/** Debian's merged /usr. */
const links = ['bin', 'sbin', 'lib', 'lib64'];

export interface ContainerOptions {
  readonly user?: keyof typeof userIds;
  readonly capabilities?: CapabilityList;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface ContainerResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Why no container can be run here, or null. */
export function whyNoContainer(): string | null {
  if (process.getuid?.() !== 0) return 'containers need root';
  if (spawnSync('runc', ['--version']).status !== 0)
    return 'runc is missing, run "npm run setup:gvisor" as root';
  return null;
}

/**
 * Runs a command in a container like one on Fargate: the project is there read-only at its own path, /tmp is empty and
 * writable, the network is a loopback device. Nothing of the container is left when it returns.
 */
export async function runInContainer(
  command: readonly string[],
  { user = 'root', capabilities = 'docker', env = {}, timeoutMs = 600_000 }: ContainerOptions = {},
): Promise<ContainerResult> {
  const bundle = mkdtempSync(join(tmpdir(), `fargate-like-${process.pid}-`));
  const id = `fargate-like-${randomUUID()}`;
  const runc = ['--root', join(bundle, 'state')];
  try {
    const root = makeRoot(bundle);
    const spec = fargateLikeSpec({ command, uid: userIds[user], capabilities, env, root, project });
    writeFileSync(join(bundle, 'config.json'), JSON.stringify(spec));
    const child = spawn('runc', [...runc, 'run', '--bundle', bundle, id], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
    });
    const exited = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
    return { exitCode, stdout, stderr };
  } finally {
    spawnSync('runc', [...runc, 'delete', '--force', id]);
    rmSync(bundle, { recursive: true, force: true });
  }
}

function makeRoot(bundle: string): string {
  const root = join(bundle, 'root');
  mkdirSync(root);
  for (const name of links) symlinkSync(`usr/${name}`, join(root, name));
  return root;
}
