import type { Execution } from '../domain/execution.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';

/** An address for each artifact of an execution, in their order. */
export function artifactUrls(artifacts: ArtifactStore, execution: Execution): Promise<string[]> {
  return Promise.all(execution.artifacts.map((_, index) => artifacts.urlOf(execution, index)));
}
