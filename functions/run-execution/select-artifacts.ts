import { filePathSchema } from '../../shared/contract/field-schemas.ts';
import type { Artifact } from '../../shared/domain/execution.ts';
import { artifactLimits } from '../../shared/domain/limits.ts';
import { mediaTypeOf } from '../../shared/domain/media-type.ts';
import type { CollectedArtifact } from '../../shared/ports/sandbox-backend.ts';

/**
 * The files to keep, by path. Their names come out of a sandbox: one that a request could not have used, twice the
 * same, or a file over the limits is left out.
 */
export function selectArtifacts(
  collected: readonly CollectedArtifact[],
): (Artifact & { content: Uint8Array })[] {
  const byPath = new Map(
    collected
      .filter(({ path, content }) => isPath(path) && content.byteLength <= artifactLimits.bytes)
      .map(({ path, content }) => [
        path,
        { path, bytes: content.byteLength, mediaType: mediaTypeOf(path), content },
      ]),
  );
  return [...byPath.values()].sort(byName).slice(0, artifactLimits.files);
}

function isPath(path: string): boolean {
  return filePathSchema.safeParse(path).success;
}

function byName(a: Artifact, b: Artifact): number {
  return a.path < b.path ? -1 : 1;
}
