/** What is too large for a table's item. */
export interface BlobStore {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Throws when there is no such blob. */
  get(key: string): Promise<Uint8Array>;
}
