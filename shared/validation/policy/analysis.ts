import type { SyntaxNode } from './parse/syntax-tree.ts';

/** What a program can be seen to use. */
export interface Features {
  threads: boolean;
  subprocess: boolean;
  network: boolean;
  fileWrites: boolean;
}

/** Something that not every backend has; `line` is 1-based. */
export interface Need {
  kind: 'module' | 'threads' | 'pool';
  /** The module, or the class that is called. */
  name: string;
  /** The module whose file would shadow it. */
  module: string;
  line: number;
}

/** What reading a program tells about it, whatever the policy. */
export interface Analysis {
  /** Modules by full name, each once, in order. */
  imports: readonly string[];
  features: Features;
  /** Computation alone: safe modules, no files, processes, network, threads or code made of text. */
  isSimple: boolean;
  astNodes: number;
  depth: number;
  /** In order of their lines. */
  needs: readonly Need[];
}

/** One import, static or by a call with a known name. */
export interface ImportFact {
  /** `os.path` for `import os.path` and for `from os import path`'s `os`. */
  module: string;
  node: SyntaxNode;
  /** A statement at the top level of the file, not inside try, if or def. */
  isTopLevel: boolean;
  /** Names taken from it; `*` for all. */
  names: readonly string[];
}

/** A constant text of the program, decoded and put together. */
export interface TextFact {
  text: string;
  node: SyntaxNode;
}

/** What a program whose tree could not be made is taken for. */
export const unknownAnalysis: Analysis = {
  imports: [],
  features: { threads: false, subprocess: false, network: false, fileWrites: false },
  isSimple: false,
  astNodes: 0,
  depth: 0,
  needs: [],
};
