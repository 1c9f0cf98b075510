/** Bytes that every file, folder or link costs on top of its content: it bounds their number too. */
export const nodeBytes = 4096;

interface NodeBase {
  readonly inode: number;
  mode: number;
  /** Names in folders; with none left and no open descriptor the node's space is given back. */
  links: number;
  opens: number;
  accessedMs: number;
  modifiedMs: number;
  changedMs: number;
  /** Part of the interpreter: no program may change it. */
  readonly isReadOnly: boolean;
}

export interface FileNode extends NodeBase {
  readonly kind: 'file';
  /** At least `size` long; the rest is room to grow. */
  bytes: Uint8Array;
  size: number;
}

export interface FolderNode extends NodeBase {
  readonly kind: 'folder';
  readonly entries: Map<string, Node>;
  parent: FolderNode;
}

export interface LinkNode extends NodeBase {
  readonly kind: 'link';
  readonly target: string;
}

/** A file without bytes of its own, such as /dev/null or the program's stdout. */
export interface DeviceNode extends NodeBase {
  readonly kind: 'device';
  readonly device: Device;
}

export type Node = FileNode | FolderNode | LinkNode | DeviceNode;

/** Both may throw an ErrnoError; they return the bytes taken. Zero from `read` is the end. */
export interface Device {
  read(target: Uint8Array): number;
  write(bytes: Uint8Array): number;
  /** The last descriptor of one direction was closed: pipes care. */
  close?(direction: 'read' | 'write'): void;
  open?(direction: 'read' | 'write'): void;
  /** Whether a read or a write would find something to do now. Left out: always. */
  poll?(): { canRead: boolean; canWrite: boolean };
}

const typeBits = { file: 0o100000, folder: 0o040000, link: 0o120000, device: 0o020000 } as const;

/** `st_mode`: the kind and the permission bits. */
export function modeOf(node: Node): number {
  return typeBits[node.kind] | node.mode;
}
