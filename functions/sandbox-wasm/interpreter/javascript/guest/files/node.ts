import type { FileContent } from './file-content.ts';

interface Metadata {
  inode: number;
  mode: number;
  modifiedMs: number;
  changedMs: number;
  createdMs: number;
}

export interface FileNode extends Metadata {
  kind: 'file';
  content: FileContent;
}
export interface FolderNode extends Metadata {
  kind: 'folder';
  parent: FolderNode | null;
  entries: Map<string, TreeNode>;
}
export interface LinkNode extends Metadata {
  kind: 'link';
  target: string;
}
/** Reads and writes that go somewhere else. */
export interface DeviceNode extends Metadata {
  kind: 'device';
  read(): FileContent;
  write(content: FileContent): void;
}
export type TreeNode = FileNode | FolderNode | LinkNode | DeviceNode;
