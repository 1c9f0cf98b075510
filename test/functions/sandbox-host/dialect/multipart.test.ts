import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { boundaryOf, readParts } from '../../../../functions/sandbox-host/dialect/envd/multipart.ts';

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readAll(body: AsyncIterable<Uint8Array>, boundary: string) {
  const parts: { name: string; filename: string | null; content: Buffer }[] = [];
  for await (const { name, filename, content } of readParts(body, boundary)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(chunk);
    parts.push({ name, filename, content: Buffer.concat(chunks) });
  }
  return parts;
}

async function encode(form: FormData): Promise<{ body: Buffer; boundary: string }> {
  const response = new Response(form);
  const boundary = boundaryOf(response.headers.get('content-type') ?? '');
  return { body: Buffer.from(await response.arrayBuffer()), boundary: boundary ?? '' };
}

test('reads what a client wrote, whatever is in the files and however the bytes arrive', async () => {
  const nearBoundary = fc
    .constantFrom('\r\n', '\r\n--', '--', '\r', '\n', '\r\n----formdata-', '')
    .map(Buffer.from);
  const content = fc
    .array(fc.oneof(fc.uint8Array({ maxLength: 40 }).map(Buffer.from), nearBoundary), { maxLength: 8 })
    .map((pieces) => Buffer.concat(pieces));
  await fc.assert(
    fc.asyncProperty(
      fc.array(content, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 200 }),
      async (contents, size) => {
        const form = new FormData();
        for (const [index, bytes] of contents.entries())
          form.append('file', new Blob([bytes]), `f${index}.bin`);
        const { body, boundary } = await encode(form);

        const parts = await readAll(inChunks(body, size), boundary);

        expect(parts.map(({ filename }) => filename)).toEqual(contents.map((_, index) => `f${index}.bin`));
        expect(parts.map(({ content }) => content.toString('hex'))).toEqual(
          contents.map((bytes) => bytes.toString('hex')),
        );
      },
    ),
  );
});

test('holds no more than a chunk of a large file', async () => {
  const chunk = Buffer.alloc(64 * 1024, 'x');
  async function* body() {
    yield Buffer.from('--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n');
    for (let sent = 0; sent < 100; sent += 1) yield chunk;
    yield Buffer.from('\r\n--b--\r\n');
  }
  let longest = 0;
  let total = 0;

  for await (const { content } of readParts(body(), 'b')) {
    for await (const piece of content) {
      longest = Math.max(longest, piece.length);
      total += piece.length;
    }
  }

  expect(total).toBe(100 * chunk.length);
  expect(longest).toBeLessThanOrEqual(chunk.length + 10);
});

test('skips the content of parts that nobody reads', async () => {
  const form = new FormData();
  form.append('note', 'not wanted');
  form.append('file', new Blob(['wanted']), 'a');
  const { body, boundary } = await encode(form);
  const names: string[] = [];

  for await (const { name } of readParts(inChunks(body, 7), boundary)) names.push(name);

  expect(names).toEqual(['note', 'file']);
});

test.each([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['Multipart/Form-Data; charset=utf-8; boundary="a b;c"', 'a b;c'],
  ['application/octet-stream', null],
  ['multipart/mixed; boundary=abc', null],
])('finds the boundary of %s', (contentType, boundary) => {
  expect(boundaryOf(contentType)).toBe(boundary);
});

const head = '--b\r\ncontent-disposition: form-data; name="file"\r\n\r\n';
test.each([
  ['nothing', '', /does not start/],
  ['another boundary', '--c\r\n', /does not start/],
  ['something behind a boundary', '--bcd\r\n', /followed by something else/],
  ['an end behind a boundary', '--b', /ends before/],
  ['an end in the headers', '--b\r\ncontent-disp', /ends before/],
  ['headers without an end', `--b\r\n${'x'.repeat(20_000)}`, /too long headers/],
  ['a part without a name', '--b\r\ncontent-type: text/plain\r\n\r\nx\r\n--b--', /no name/],
  ['an end in a file', `${head}half of`, /ends before/],
  ['an end in a boundary', `${head}whole\r\n--`, /ends before/],
])('refuses %s', async (_name, body, reason) => {
  for (const size of [1, 5, 1_000])
    await expect(readAll(inChunks(Buffer.from(body), size), 'b')).rejects.toThrow(reason);
});
