"""Recursion: n queens, permutations in order, subsets that reach a sum, towers of Hanoi, flood fill."""


def queens(size, placed=()):
    row = len(placed)
    if row == size:
        yield placed
        return
    for column in range(size):
        if all(column != c and abs(column - c) != row - r for r, c in enumerate(placed)):
            yield from queens(size, (*placed, column))


def permutations(items):
    if not items:
        yield []
        return
    for index, item in enumerate(items):
        for rest in permutations(items[:index] + items[index + 1 :]):
            yield [item] + rest


def subsets_with_sum(numbers, target):
    if target == 0:
        yield []
    if target <= 0 or not numbers:
        return
    first, *rest = numbers
    for subset in subsets_with_sum(rest, target - first):
        yield [first, *subset]
    yield from subsets_with_sum(rest, target)


def hanoi(discs, source="A", target="C", spare="B"):
    if discs == 0:
        return []
    return [
        *hanoi(discs - 1, source, spare, target),
        f"{source}{target}",
        *hanoi(discs - 1, spare, target, source),
    ]


def flood(rows, row, column):
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])) or rows[row][column] != ".":
        return 0
    rows[row][column] = "~"
    return 1 + sum(flood(rows, row + dr, column + dc) for dr, dc in ((1, 0), (-1, 0), (0, 1), (0, -1)))


solutions = list(queens(8))
print(f"8 queens: {len(solutions)} solutions; the first:")
for column in solutions[0]:
    print(" ".join("Q" if cell == column else "." for cell in range(8)))
print("solutions per size:", [sum(1 for _ in queens(size)) for size in range(1, 8)])

print("permutations:", " ".join("".join(p) for p in permutations(list("abcd")))[:44], "...")
print("sums to 15:", list(subsets_with_sum([1, 3, 4, 5, 6, 9], 15)))
print("hanoi(3):", " ".join(hanoi(3)), "| moves for 10 discs:", len(hanoi(10)))

lake = [list(row) for row in ["..#..", ".##..", "#...#", "..#.."]]
print("flooded", flood(lake, 0, 4), "cells:")
print("\n".join("".join(row) for row in lake))
