import type { KnownValue } from './syntax-tree.ts';

/** What a name or expression refers to. */
export interface Reference {
  reference: string | null;
  isConcealed: boolean;
}

/** What a name or expression comes to. */
export interface Folded {
  value: KnownValue | null;
  /** It was put together or decoded. */
  isComputed: boolean;
}

export type KnownNames = ReadonlyMap<string, Folded>;
