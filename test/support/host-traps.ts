import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type ListenOptions, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a host has that no program may reach, and what became of it. */
export interface HostTraps {
  /** Tells a program where they are; it knows the host as well as anybody. */
  readonly env: Readonly<Record<string, string>>;
  /** In a file that all may read, and in the environment of this process. */
  readonly secret: string;
  /** Everything that has reached them so far. */
  readonly sprung: readonly string[];
  close(): Promise<void>;
}

/** A file, listeners of every kind and a process, where the sandboxes' own host runs. */
export async function setHostTraps(): Promise<HostTraps> {
  const secret = `host-secret-${randomBytes(16).toString('hex')}`;
  const sprung: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'host-traps-'));
  const file = join(folder, 'readable.txt');
  chmodSync(folder, 0o755);
  writeFileSync(file, secret, { mode: 0o644 });
  process.env.HOST_TRAP = secret;

  const tcp = await listen({ host: '127.0.0.1', port: 0 }, () => sprung.push('a connection over TCP'));
  const { port } = tcp.address() as AddressInfo;
  const path = join(folder, 'socket');
  const named = await listen({ path }, () => sprung.push('a connection to the socket file'));
  const abstract = `host-trap-${process.pid}`;
  const nameless = await listen({ path: `\0${abstract}` }, () =>
    sprung.push('a connection to the abstract socket'),
  );
  const udp = createSocket('udp4').on('message', () => sprung.push('a datagram'));
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  const bystander = spawn('sleep', ['3600'], { stdio: 'ignore' });
  bystander.once('exit', () => sprung.push('a signal'));

  return {
    env: {
      HOST_FILE: file,
      HOST_PORT: String(port),
      HOST_SOCKET: path,
      HOST_ABSTRACT: abstract,
      HOST_PID: String(bystander.pid),
    },
    secret,
    sprung,
    async close() {
      bystander.removeAllListeners('exit').kill('SIGKILL');
      udp.close();
      for (const server of [tcp, named, nameless]) server.close();
      rmSync(folder, { recursive: true, force: true });
      delete process.env.HOST_TRAP;
    },
  };
}

async function listen(options: ListenOptions, onConnection: () => void): Promise<Server> {
  const server = createServer((socket) => {
    onConnection();
    socket.destroy();
  });
  server.listen(options);
  await once(server, 'listening');
  return server;
}
