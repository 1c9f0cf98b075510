"""functools at work: caches with hit counts, cached properties, single dispatch, partials, reduce, wraps."""
import functools
import operator

calls = []


def traced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        calls.append(f"{function.__name__}{args}")
        return function(*args, **kwargs)

    return wrapper


def retry(times, errors=(Exception,)):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args):
            for attempt in range(1, times + 1):
                try:
                    return function(*args)
                except errors as error:
                    print(f"  attempt {attempt}: {error}")
            raise RuntimeError(f"{function.__name__} failed {times} times")

        return wrapper

    return decorate


@functools.lru_cache(maxsize=None)
def partitions(number, largest=None):
    largest = number if largest is None else largest
    if number == 0:
        return 1
    return sum(partitions(number - part, part) for part in range(1, min(number, largest) + 1))


@functools.lru_cache(maxsize=2)
@traced
def slow_square(number):
    return number * number


class Report:
    def __init__(self, rows):
        self.rows = rows

    @functools.cached_property
    def total(self):
        print("  computing the total")
        return functools.reduce(operator.add, self.rows, 0)


@functools.singledispatch
def describe(value):
    return f"something: {value!r}"


@describe.register
def _(value: int):
    return f"whole number {value:+d}"


@describe.register(list)
@describe.register(tuple)
def _(value):
    return "sequence of " + ", ".join(describe(item) for item in value)


@functools.total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(map(int, text.split(".")))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts


print("partitions(60) =", partitions(60))
print("cache entries:", partitions.cache_info().currsize)

print([slow_square(n) for n in (2, 3, 2, 4, 2, 3)], "evaluated:", calls)
print(slow_square.cache_info())

report = Report([3, 4, 5])
print(report.total, report.total)

outcomes = iter([TimeoutError("too slow"), TimeoutError("still slow"), "done"])


@retry(3, errors=(TimeoutError,))
def flaky():
    outcome = next(outcomes)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


print(flaky(), flaky.__name__)
print(describe(7), "|", describe([1, "x", (2.5,)]))
print("max version:", max(map(Version, ["1.9.3", "1.10.0", "1.2"])).parts, Version("2.0") >= Version("1.99"))
binary = functools.partial(int, base=2)
print("partial:", [binary(text) for text in ("101", "11111111")])
