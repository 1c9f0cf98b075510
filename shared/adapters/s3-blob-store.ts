import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { BlobStore } from '../ports/blob-store.ts';

/** Blobs as objects of one bucket; its lifecycle rule removes them after the retention. */
export function createS3BlobStore({ client, bucket }: { client: S3Client; bucket: string }): BlobStore {
  return {
    async put(key, bytes) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
    },
    async get(key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (Body === undefined) throw new Error('the blob has no body');
      return Body.transformToByteArray();
    },
  };
}
