import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { connectAgent } from '../../../../functions/sandbox-host/guest/agent-connection.ts';
import { askForEntry, readGuestFile } from '../../../../functions/sandbox-host/guest/guest-files.ts';
import { startProcess } from '../../../../functions/sandbox-host/guest/start-process.ts';

function frame(kind: string, call: number, payload: string | Buffer = ''): Buffer {
  const header = Buffer.alloc(9);
  header.writeUInt32BE(Buffer.byteLength(payload), 0);
  header.write(kind, 4, 'latin1');
  header.writeUInt32BE(call, 5);
  return Buffer.concat([header, Buffer.from(payload)]);
}

const huge = Buffer.alloc(9);
huge.writeUInt32BE(0xffff_ffff, 0);
huge.write('o', 4);

/** What a guest that has been taken over could say to the first call, which starts a process. */
const foreign = [
  { name: 'a frame of four gigabytes', says: huge },
  { name: 'a kind of frame that is none', says: frame('?', 1) },
  { name: 'bytes that are no frames', says: Buffer.from('HTTP/1.1 200 OK\r\n\r\n') },
  { name: 'something about a call that nobody made', says: frame('o', 7, 'x') },
  { name: 'a reply that is no JSON', says: frame('r', 1, '{') },
  { name: 'a reply of another shape', says: frame('r', 1, '{"pid":"1"}') },
  { name: 'an end of another shape', says: frame('z', 1, '{"exitCode":"0"}') },
  { name: 'a failure of another shape', says: frame('f', 1, '{"code":"none","message":""}') },
  { name: 'that input was taken which was never given', says: frame('t', 1, Buffer.from([0, 0, 0, 9])) },
  {
    name: 'more output than there is room for',
    says: Buffer.concat(Array.from({ length: 5 }, () => frame('o', 1, Buffer.alloc(65_536)))),
  },
];

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of chunks);
}

function connect() {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  const heard: string[] = [];
  const agent = connectAgent({ stdin, stdout }, (reason) => heard.push(reason));
  return { agent, stdout, heard };
}

const command = { cmd: 'x', args: [], env: {}, cwd: null, user: 'user', stdin: true } as const;

test.each(foreign)('an agent that sends $name is not listened to', async ({ says }) => {
  const { agent, stdout, heard } = connect();
  const starting = startProcess(agent, command);

  stdout.write(says);

  await expect(starting).rejects.toMatchObject({ code: 'gone' });
  expect(heard).toHaveLength(1);
  await expect(startProcess(agent, command)).rejects.toMatchObject({ code: 'gone' });
});

test('frames may come in pieces of any size', async () => {
  const { agent, stdout } = connect();
  const asking = askForEntry(agent, { op: 'stat' });
  const entry = { name: 'a', path: '/a', type: 'file', size: 1, mode: 420, owner: 'user', group: 'user' };
  const reply = JSON.stringify({ ...entry, modifiedMs: 5, symlinkTarget: null });

  for (const byte of Buffer.concat([frame('r', 1, reply), frame('z', 1, '{}')]))
    stdout.write(Buffer.from([byte]));

  expect(await asking).toMatchObject({ name: 'a', modifiedMs: 5 });
});

test('what is under way when the guest goes fails, and so does what is read', async () => {
  const { agent, stdout } = connect();
  const opening = readGuestFile(agent, '/a', 'user');
  stdout.write(Buffer.concat([frame('r', 1, '{"size":10}'), frame('o', 1, 'some')]));
  const { chunks } = await opening;
  const asking = askForEntry(agent, { op: 'stat' });

  stdout.destroy();

  await expect(asking).rejects.toMatchObject({ code: 'gone' });
  await expect(readAll(chunks)).rejects.toMatchObject({ code: 'gone' });
});
