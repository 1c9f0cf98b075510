import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { blobFolder } from '../contract/tables.ts';
import { retentionOf } from '../domain/retention.ts';
import type { ArtifactOwner, ArtifactStore } from '../ports/artifact-store.ts';

const urlSeconds = 900;

/**
 * Artifacts as objects whose keys hold no text of the program's. A browser saves them instead of showing them:
 * what untrusted code wrote must not become a page.
 */
export function createS3ArtifactStore({
  client,
  bucket,
}: {
  client: S3Client;
  bucket: string;
}): ArtifactStore {
  return {
    async put(execution, index, { path, mediaType }, content) {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(execution, index),
          Body: content,
          ContentType: mediaType,
          ContentDisposition: `attachment; filename*=UTF-8''${encodeFileName(path)}`,
        }),
      );
    },
    urlOf: (execution, index) =>
      getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: keyOf(execution, index) }), {
        expiresIn: urlSeconds,
      }),
  };
}

function keyOf(execution: ArtifactOwner, index: number): string {
  const { id, attempts } = execution;
  return `${blobFolder('artifacts', retentionOf(execution))}${id}/${attempts}/${index}`;
}

/** RFC 8187: what `encodeURIComponent` leaves alone and the RFC doesn't is encoded as well. */
function encodeFileName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
