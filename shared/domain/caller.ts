import * as z from 'zod';
import type { Throttle } from './throttle.ts';

export const scopes = ['execute', 'read', 'admin'] as const;
export const scopeSchema = z.enum(scopes);
export type Scope = z.infer<typeof scopeSchema>;

/** Who sends a request: the tenant that an API key belongs to, and what the key may do. */
export interface Caller {
  tenant: string;
  keyId: string;
  scopes: readonly Scope[];
  /** Of a key that has one of its own. */
  throttle?: Throttle;
}
