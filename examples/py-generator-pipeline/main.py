"""A lazy pipeline over sensor readings: parse, clean, window, group, aggregate. Nothing is stored in full."""
import itertools as it
from operator import itemgetter


def readings():
    """A deterministic endless stream of (second, sensor, value); every 13th reading is broken."""
    value = 17
    for second in it.count():
        value = (value * 1103 + 331) % 997
        sensor = "abc"[second % 3]
        yield f"{second}|{sensor}|{'ERR' if second % 13 == 12 else value / 10}"


def parse(lines):
    for line in lines:
        second, sensor, raw = line.split("|")
        try:
            yield int(second), sensor, float(raw)
        except ValueError:
            continue


def sliding(iterable, size):
    iterator = iter(iterable)
    window = tuple(it.islice(iterator, size))
    if len(window) == size:
        yield window
    for item in iterator:
        window = (*window[1:], item)
        yield window


def running_average():
    """A coroutine: send a value, receive the average so far."""
    total, count, average = 0.0, 0, None
    while True:
        value = yield average
        total += value
        count += 1
        average = total / count


clean = parse(it.takewhile(lambda line: not line.startswith("60|"), readings()))
first, second, third = it.tee(clean, 3)

print("first three:", list(it.islice(first, 3)))

ordered = sorted(second, key=itemgetter(1))
for sensor, group in it.groupby(ordered, key=itemgetter(1)):
    values = [value for _, _, value in group]
    print(f"sensor {sensor}: n={len(values)} min={min(values):.1f} max={max(values):.1f}")

averager = running_average()
next(averager)
averages = [round(averager.send(value), 2) for _, _, value in it.islice(third, 5)]
print("running averages:", averages)

peaks = [middle for left, middle, right in sliding((v for _, _, v in third), 3) if left < middle > right]
print(f"{len(peaks)} local peaks, highest {max(peaks)}")

print("running sum:", list(it.accumulate(range(1, 8))))
print("pairs:", [f"{a}{b}" for a, b in it.pairwise("abcd")])
print("flat:", list(it.chain.from_iterable([[1, 2], [], [3]])))
print("zip_longest:", list(it.zip_longest("ab", [1, 2, 3], fillvalue="-")))
print("combinations:", ["".join(pair) for pair in it.combinations("wxyz", 2)])
