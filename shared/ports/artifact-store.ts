import type { Artifact, Execution } from '../domain/execution.ts';

export type ArtifactOwner = Pick<Execution, 'id' | 'attempts' | 'createdAt' | 'expiresAt'>;

/** Files that programs left, each known by its place among the artifacts of an attempt. */
export interface ArtifactStore {
  /** Another attempt's artifacts of the same execution stay apart. */
  put(execution: ArtifactOwner, index: number, artifact: Artifact, content: Uint8Array): Promise<void>;
  /** An address that anyone can read this one file at for a quarter of an hour. No request is made. */
  urlOf(execution: ArtifactOwner, index: number): Promise<string>;
}
