/** What the host says to the agent, and what it answers; `guest/image/channel.py` has the other end. */
export type HostFrame = 'c' | 'i' | 'x' | 's' | 'w' | 'q';
export type AgentFrame = 'h' | 'r' | 'o' | 'e' | 't' | 'b' | 'z' | 'f';

export interface Frame {
  readonly kind: AgentFrame;
  readonly call: number;
  readonly payload: Buffer;
}

const headerBytes = 9;
/** The agent says less at once; who says more is no agent of ours. */
const maxPayloadBytes = 4 * 1024 * 1024;
const agentFrames: readonly string[] = ['h', 'r', 'o', 'e', 't', 'b', 'z', 'f'] satisfies AgentFrame[];

/** Length of the payload, kind, number of the call, payload. */
export function encodeFrame(kind: HostFrame, call: number, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(headerBytes + payload.length);
  frame.writeUInt32BE(payload.length, 0);
  frame.write(kind, 4, 'latin1');
  frame.writeUInt32BE(call, 5);
  frame.set(payload, headerBytes);
  return frame;
}

/** The guest said something that our agent never says: whoever has taken it over is not listened to. */
export class ForeignFrame extends Error {
  override readonly name = 'ForeignFrame';
}

/**
 * Cuts what the guest says into frames; takes pieces of any size.
 *
 * @throws ForeignFrame
 */
export function createFrameReader(take: (frame: Frame) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= headerBytes) {
      const length = rest.readUInt32BE(0);
      if (length > maxPayloadBytes) throw new ForeignFrame(`a frame of ${length} bytes`);
      const end = headerBytes + length;
      if (rest.length < end) return;
      const kind = rest.toString('latin1', 4, 5);
      if (!isAgentFrame(kind)) throw new ForeignFrame('a frame of an unknown kind');
      take({ kind, call: rest.readUInt32BE(5), payload: rest.subarray(headerBytes, end) });
      rest = rest.subarray(end);
    }
  };
}

function isAgentFrame(kind: string): kind is AgentFrame {
  return agentFrames.includes(kind);
}
