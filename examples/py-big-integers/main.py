"""Integers without limits: factorials, Fibonacci by doubling, RSA with toy keys, digits of pi and e."""
import sys
from math import comb, factorial, isqrt, lcm


def fibonacci(index):
    """Fast doubling; returns (F(n), F(n+1))."""
    if index == 0:
        return 0, 1
    a, b = fibonacci(index // 2)
    c, d = a * (2 * b - a), a * a + b * b
    return (d, c + d) if index % 2 else (c, d)


def pi_digits(count):
    """Machin's formula in fixed point with ten guard digits."""
    unit = 10 ** (count + 10)

    def arctan_inverse(x):
        term = total = unit // x
        divisor, sign = 3, -1
        while term:
            term //= x * x
            total += sign * (term // divisor)
            divisor, sign = divisor + 2, -sign
        return total

    return 4 * (4 * arctan_inverse(5) - arctan_inverse(239)) // 10**10


def e_digits(count):
    unit, total, term, n = 10 ** (count + 10), 0, 10 ** (count + 10), 1
    while term:
        total += term
        term //= n
        n += 1
    return total // 10**10


def grouped(number, width=10):
    text = str(number)
    return " ".join(text[i : i + width] for i in range(0, len(text), width))


print("100! =", factorial(100))
print("trailing zeros:", len(str(factorial(100))) - len(str(factorial(100)).rstrip("0")))
print("F(300) =", fibonacci(300)[0])
print("digits of F(10000):", len(str(fibonacci(10_000)[0])))
print("2^521 - 1 ends in", (2**521 - 1) % 10**12)
print("pi:", grouped(pi_digits(79)))
print("e: ", grouped(e_digits(79)))

p, q, e = 1_000_000_007, 998_244_353, 65537
n, d = p * q, pow(65537, -1, lcm(p - 1, q - 1))
message = int.from_bytes("Cordon".encode(), "big")
cipher = pow(message, e, n)
plain = pow(cipher, d, n)
print(f"RSA: {message} -> {cipher} -> {plain.to_bytes(6, 'big').decode()}")

print("C(200, 100) =", comb(200, 100))
print("isqrt(10^60 + 1) =", isqrt(10**60 + 1))
print("hex:", hex(3**100), "| bits:", (3**100).bit_length(), "| ones:", (3**100).bit_count())
print("shifts:", (1 << 200) >> 190, -(7**30) // 10, -(7**30) % 10)
try:
    str(10**5000)
except ValueError:
    print("str of 5001 digits is refused by default, limit", sys.get_int_max_str_digits())
