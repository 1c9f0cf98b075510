const MASK = (1n << 64n) - 1n;

/** The constants of SHA-2 as words of 32 bits, high before low: SHA-256 takes the high ones only. */
export interface PrimeRoots {
  /** Square roots of the first 8 primes. */
  readonly squares: Int32Array;
  /** Cube roots of the first 80 primes. */
  readonly cubes: Int32Array;
}

let roots: PrimeRoots | undefined;

/** Derived on first use, as FIPS 180-4 defines them, instead of 640 hexadecimal digits in every bundle. */
export function primeRoots(): PrimeRoots {
  roots ??= {
    squares: words(firstPrimes(8).map((prime) => root(prime << 128n, 2n) & MASK)),
    cubes: words(firstPrimes(80).map((prime) => root(prime << 192n, 3n) & MASK)),
  };
  return roots;
}

function firstPrimes(count: number): bigint[] {
  const primes: bigint[] = [];
  for (let candidate = 2n; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0n)) primes.push(candidate);
  }
  return primes;
}

/** The integer part of a square or cube root, by Newton's method from above. */
function root(value: bigint, degree: bigint): bigint {
  let guess = 1n << 80n;
  for (;;) {
    const next = ((degree - 1n) * guess + value / guess ** (degree - 1n)) / degree;
    if (next >= guess) return guess;
    guess = next;
  }
}

function words(fractions: bigint[]): Int32Array {
  return Int32Array.from(
    fractions.flatMap((fraction) => [Number(fraction >> 32n), Number(fraction & 0xffffffffn)]),
  );
}
