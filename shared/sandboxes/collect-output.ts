export type OutputStream = 'stdout' | 'stderr';

export interface CollectedOutput {
  stdout: string;
  stderr: string;
  truncated: { stdout: boolean; stderr: boolean };
  outputBytes: number;
}

/** Keeps a run's output up to its limit, which stdout and stderr share in the order they arrive. */
export interface OutputCollector {
  /** False once there was more than the limit. */
  add(stream: OutputStream, chunk: Uint8Array): boolean;
  /** Notes that more of the stream was cut off before it came here. */
  wasCut(stream: OutputStream): void;
  /** Bytes that arrived, kept or not. */
  received(stream: OutputStream): number;
  collected(): CollectedOutput;
}

export function createOutputCollector(limitBytes: number): OutputCollector {
  const kept: Record<OutputStream, Uint8Array[]> = { stdout: [], stderr: [] };
  const received: Record<OutputStream, number> = { stdout: 0, stderr: 0 };
  const truncated: Record<OutputStream, boolean> = { stdout: false, stderr: false };
  let keptBytes = 0;

  return {
    add(stream, chunk) {
      received[stream] += chunk.length;
      const part = chunk.subarray(0, limitBytes - keptBytes);
      keptBytes += part.length;
      if (part.length > 0) kept[stream].push(part);
      if (part.length < chunk.length) truncated[stream] = true;
      return part.length === chunk.length;
    },
    wasCut(stream) {
      truncated[stream] = true;
    },
    received: (stream) => received[stream],
    collected: () => ({
      stdout: decode(kept.stdout, truncated.stdout),
      stderr: decode(kept.stderr, truncated.stderr),
      truncated: { ...truncated },
      outputBytes: keptBytes,
    }),
  };
}

function decode(chunks: Uint8Array[], wasCut: boolean): string {
  const bytes = Buffer.concat(chunks);
  return (wasCut ? bytes.subarray(0, lastBorder(bytes)) : bytes).toString('utf8');
}

/** The end of the last whole character: a UTF-8 sequence is at most four bytes, its first one tells how many. */
function lastBorder(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    const isContinuation = (byte & 0xc0) === 0x80;
    if (isContinuation) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
