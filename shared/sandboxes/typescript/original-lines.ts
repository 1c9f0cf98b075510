const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * For each line of generated code, the 1-based line of the original that it comes from: where its first mapping
 * leads, or else the line before. `mappings` is that of a source map (https://tc39.es/ecma426/#sec-mappings).
 */
export function originalLines(mappings: string): number[] {
  let original = 0;
  let latest = 0;
  return mappings.split(';').map((line) => {
    const segments = line.split(',').filter((segment) => segment !== '');
    let first: number | null = null;
    for (const segment of segments) {
      original += decodeVlq(segment)[2] ?? 0;
      first ??= original;
    }
    latest = first ?? latest;
    return latest + 1;
  });
}

/** A segment's numbers: 5 bits a digit, the sixth says that more follow, the lowest bit of the whole is the sign. */
function decodeVlq(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of segment) {
    const digit = digits.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit >= 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
