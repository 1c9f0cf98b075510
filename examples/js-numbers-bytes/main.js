// Numbers and bytes: BigInt, typed arrays, DataView, bit tricks, CRC-32, Base64 by hand, a seeded generator.
function* crcTable() {
  for (let n = 0; n < 256; n += 1) {
    let c = n;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    yield c >>> 0;
  }
}
const TABLE = Uint32Array.from(crcTable());

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const utf8 = (text) => Uint8Array.from(unescape(encodeURIComponent(text)), (char) => char.charCodeAt(0));

function base64(bytes) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k < 4; k += 1) {
      text += i + k > bytes.length ? '=' : alphabet[(group >> (18 - 6 * k)) & 63];
    }
  }
  return text;
}

function seeded(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const factorial = (n) => (n <= 1n ? 1n : n * factorial(n - 1n));
const modPow = (base, exponent, modulus) => {
  let result = 1n;
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus) {
    if (e & 1n) result = (result * b) % modulus;
  }
  return result;
};

console.log('30! =', String(factorial(30n)), '| 3^1000 mod 10^9+7 =', `${modPow(3n, 1000n, 1_000_000_007n)}`);
console.log('BigInt:', String(BigInt(Number.MAX_SAFE_INTEGER) + 2n), typeof 5n, 7n / 2n === 3n, String(-7n % 3n), String(BigInt.asUintN(8, -1n)));
console.log('floats:', 0.1 + 0.2, (0.1 + 0.2).toFixed(2), 1 / 3, 1e21, 5e-324, -0, Object.is(-0, 0), 123456789 * 987654321);
console.log('text:', (255).toString(16), (255).toString(2), (1234.5678).toFixed(1), (0.000001234).toExponential(2), (1234.5678).toPrecision(6));
console.log('parse:', parseInt('42px', 10), Number('42px'), parseFloat('3.14abc'), Number(''), Number('0b101'), parseInt('z', 36));
console.log('bits:', 5 & 3, 5 | 3, 5 ^ 3, ~5, -16 >> 2, -16 >>> 28, 1 << 31, Math.clz32(1000), Math.imul(0xffffffff, 5));

const bytes = utf8('Grüße, 世界');
console.log('utf-8:', bytes.length, 'bytes', [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
console.log('base64:', base64(bytes), base64(utf8('M')), base64(utf8('Ma')), '| crc:', crc32(utf8('123456789')).toString(16));

const view = new DataView(new ArrayBuffer(16));
view.setFloat64(0, Math.PI);
view.setInt16(8, -2, true);
console.log('view:', [...new Uint8Array(view.buffer)].join(' '), view.getUint16(8, true));
console.log('clamped:', Uint8ClampedArray.of(-5, 300, 1.5, 2.5).join(), '| wrapped:', Uint8Array.of(-1, 256, 257).join(), Int16Array.from([40000])[0]);
console.log('sorted:', Float64Array.of(3, -1, 10, 2).sort().join(), [3, -1, 10, 2].sort().join());

const random = seeded(42);
console.log('random:', Array.from({ length: 5 }, () => Math.floor(random() * 100)).join(' '));
console.log('maths:', Math.hypot(3, 4), Math.cbrt(27), Math.trunc(-4.7), Math.sign(-3), Math.log2(1024), Math.round(-2.5), Math.max());
