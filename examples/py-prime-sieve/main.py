"""Primes: a byte sieve to two million, twin primes, factorisation, Miller-Rabin, totients, Goldbach."""
from math import gcd, isqrt


def sieve(limit):
    flags = bytearray([1]) * (limit + 1)
    flags[0:2] = b"\0\0"
    for number in range(2, isqrt(limit) + 1):
        if flags[number]:
            flags[number * number :: number] = bytes(len(range(number * number, limit + 1, number)))
    return flags


def factorise(number):
    factors, divisor = {}, 2
    while divisor * divisor <= number:
        while number % divisor == 0:
            factors[divisor] = factors.get(divisor, 0) + 1
            number //= divisor
        divisor += 1 if divisor == 2 else 2
    if number > 1:
        factors[number] = factors.get(number, 0) + 1
    return factors


def is_prime(number):
    """Miller-Rabin; these bases decide every number below 3.3e24."""
    bases = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)
    if number < 2 or any(number % base == 0 for base in bases):
        return number in bases
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for base in bases:
        power = pow(base, odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = power * power % number
            if power == number - 1:
                break
        else:
            return False
    return True


flags = sieve(2_000_000)
primes = [number for number, flag in enumerate(flags) if flag]
print(f"{len(primes)} primes below two million, the last is {primes[-1]}, their sum {sum(primes)}")
print("twins below 1000:", sum(1 for p in primes if p < 998 and flags[p + 2]))
gap, start = max((b - a, -a) for a, b in zip(primes, primes[1:]))
print(f"widest gap: {gap} after {-start}")

for number in (360, 9_699_690, 600_851_475_143, 2**31 - 1):
    factors = factorise(number)
    text = " x ".join(f"{prime}^{power}" if power > 1 else str(prime) for prime, power in factors.items())
    print(f"{number} = {text}")

mersenne = [exponent for exponent in primes[:100] if exponent < 90 and is_prime(2**exponent - 1)]
print("Mersenne exponents below 90:", mersenne)
print("Carmichael 561 is prime:", is_prime(561), "| 10^18 + 9:", is_prime(10**18 + 9))
print("phi(36) =", sum(1 for n in range(1, 37) if gcd(n, 36) == 1))
print("Goldbach:", [(p, 100 - p) for p in primes if p <= 50 and flags[100 - p]])
