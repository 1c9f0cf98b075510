import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createCallLog } from '../../local/calls/call-log.ts';
import { type SqsAndS3, startSqsAndS3 } from '../../local/sqs-and-s3/start-sqs-and-s3.ts';
import { createS3ArtifactStore } from '../../shared/adapters/s3-artifact-store.ts';
import type { ArtifactStore } from '../../shared/ports/artifact-store.ts';
import { sampleExecution } from '../support/sample-execution.ts';

let emulator: SqsAndS3;
let client: S3Client;
let artifacts: ArtifactStore;

beforeAll(async () => {
  emulator = await startSqsAndS3(undefined, createCallLog());
  emulator.ensureBucket('blobs', []);
  client = new S3Client({
    endpoint: emulator.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    forcePathStyle: true,
  });
  artifacts = createS3ArtifactStore({ client, bucket: 'blobs' });
});

afterAll(async () => {
  client.destroy();
  await emulator.close();
});

test('a file is read back at its address, as a download of its name', async () => {
  const execution = sampleExecution({ id: 'exe_1', attempts: 2 });
  const content = Buffer.from([0, 255, 10, 13]);
  const artifact = { path: "out/été (1)'s.png", bytes: content.length, mediaType: 'image/png' };
  await artifacts.put(execution, 0, artifact, content);

  const url = await artifacts.urlOf(execution, 0);
  const response = await fetch(url);

  expect(Buffer.from(await response.arrayBuffer())).toEqual(content);
  expect(response.headers.get('content-type')).toBe('image/png');
  expect(response.headers.get('content-disposition')).toBe(
    "attachment; filename*=UTF-8''%C3%A9t%C3%A9%20%281%29%27s.png",
  );
});

test('an address is signed, ends after a quarter of an hour, and names no file of the program', async () => {
  const url = new URL(await artifacts.urlOf(sampleExecution({ id: 'exe_1', attempts: 1 }), 3));

  expect(url.pathname).toBe('/blobs/artifacts/30d/exe_1/1/3');
  expect(url.searchParams.get('X-Amz-Expires')).toBe('900');
  expect(url.searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
});
