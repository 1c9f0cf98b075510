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

export type StrippedSource =
  /** `lines[n]` is the line of the original that line n + 1 of the code comes from; null where they are the same. */
  | { isValid: true; code: string; lines: number[] | null }
  | { isValid: false; message: string; line: number | null };
