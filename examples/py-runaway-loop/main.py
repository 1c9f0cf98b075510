"""Looks for an odd perfect number, which nobody has found: the time limit ends it."""


def divisor_sum(number):
    total, divisor = 1, 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            total += divisor
            if divisor != number // divisor:
                total += number // divisor
        divisor += 1
    return total


def perfect(numbers):
    return (number for number in numbers if divisor_sum(number) == number)


def odd_numbers(start=3):
    while True:
        yield start
        start += 2


even = perfect(range(2, 1000, 2))
print("even perfect numbers below 1000:", *even, flush=True)
print("the first odd one:", flush=True)
print(next(perfect(odd_numbers())))
