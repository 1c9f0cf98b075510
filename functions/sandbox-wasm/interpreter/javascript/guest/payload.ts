import type { StrippedSource } from '../../../../../shared/sandboxes/typescript/stripped-source.ts';

/** One program as the guest gets it, as JSON. */
export interface Payload {
  /** The main file's name in the working folder. */
  mainName: string;
  source: string;
  stdin: string;
  args: string[];
  env: Record<string, string>;
  files: { path: string; content: string; encoding: 'utf8' | 'base64' }[];
  hasContext: boolean;
  context: unknown;
  diskBytes: number;
  memoryBytes: number;
  /** JavaScript for every TypeScript file, by its path in the working folder. */
  typescript: Record<string, StrippedSource>;
}
