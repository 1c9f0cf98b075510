/** Output of a call that the agent has on its way at most, before room is made for more: see `channel.py`. */
const windowBytes = 256 * 1024;

export interface Window {
  /** @throws RangeError when the agent sends more than there was room for */
  received(bytes: number): void;
  /** Room that was taken up and is free again; says so to the agent now and then, not each time. */
  released(bytes: number): void;
}

/** Keeps count of the room that the agent has. `give` is called with bytes of new room. */
export function createWindow(give: (bytes: number) => void): Window {
  let roomBytes = windowBytes;
  let releasedBytes = 0;
  return {
    received(bytes) {
      roomBytes -= bytes;
      if (roomBytes < 0) throw new RangeError('more output than there was room for');
    },
    released(bytes) {
      releasedBytes += bytes;
      if (releasedBytes < windowBytes / 2) return;
      roomBytes += releasedBytes;
      give(releasedBytes);
      releasedBytes = 0;
    },
  };
}

export function encodeRoom(bytes: number): Buffer {
  const payload = Buffer.allocUnsafe(4);
  payload.writeUInt32BE(bytes);
  return payload;
}
