import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { readZip, writeZip, zipEntry } from '../../../../functions/sandbox-wasm/package/zip-archive.ts';

it('reads what it wrote', () => {
  const content = Buffer.from('hello '.repeat(100));

  const entries = readZip(writeZip([zipEntry('a/b.txt', content), zipEntry('é.txt', new Uint8Array(0))]));

  expect(entries.map(({ name, size }) => [name, size])).toEqual([
    ['a/b.txt', 600],
    ['é.txt', 0],
  ]);
  expect(inflateRawSync(entries[0]?.compressed ?? content)).toEqual(content);
  expect(entries[0]).toMatchObject({ method: 8, crc: crc32(content), compressed: deflateRawSync(content) });
});

it('makes the same archive of the same content', () => {
  const make = () => writeZip([zipEntry('a', Buffer.from('x'))]);

  expect(make()).toEqual(make());
});

it('refuses what is no archive', () => {
  expect(() => readZip(Buffer.alloc(100))).toThrow('not a plain ZIP archive');
});
