/** The message, a 1 bit, zeros and its length in bits, up to a whole number of blocks (RFC 1321, FIPS 180-4). */
export function padded(message: Uint8Array, blockBytes: 64 | 128, order: 'little' | 'big'): DataView {
  const lengthBytes = blockBytes / 8;
  const blocks = Math.ceil((message.length + 1 + lengthBytes) / blockBytes);
  const whole = new Uint8Array(blocks * blockBytes);
  whole.set(message);
  whole[message.length] = 0x80;
  const view = new DataView(whole.buffer);
  const bits = BigInt(message.length) * 8n;
  view.setBigUint64(
    order === 'little' ? whole.length - lengthBytes : whole.length - 8,
    bits,
    order === 'little',
  );
  return view;
}

export function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** 32-bit words as bytes. */
export function wordBytes(words: Iterable<number>, order: 'little' | 'big'): Uint8Array<ArrayBuffer> {
  const list = [...words];
  const view = new DataView(new ArrayBuffer(list.length * 4));
  list.forEach((word, at) => {
    view.setInt32(at * 4, word, order === 'little');
  });
  return new Uint8Array(view.buffer);
}
