"""Conway's game of life on an endless board kept as a set of living cells."""
from collections import Counter

PATTERNS = {
    "blinker": ["###"],
    "glider": [".#.", "..#", "###"],
    "r-pentomino": [".##", "##.", ".#."],
    "block": ["##", "##"],
    "diehard": ["......#.", "##......", ".#...###"],
}


def parse(rows):
    return frozenset((r, c) for r, row in enumerate(rows) for c, char in enumerate(row) if char == "#")


def step(cells):
    neighbours = Counter(
        (r + dr, c + dc) for r, c in cells for dr in (-1, 0, 1) for dc in (-1, 0, 1) if dr or dc
    )
    return frozenset(cell for cell, count in neighbours.items() if count == 3 or (count == 2 and cell in cells))


def normalised(cells):
    top, left = min(r for r, _ in cells), min(c for _, c in cells)
    return frozenset((r - top, c - left) for r, c in cells)


def render(cells):
    rows, columns = [r for r, _ in cells], [c for _, c in cells]
    return "\n".join(
        "".join("#" if (r, c) in cells else "." for c in range(min(columns), max(columns) + 1))
        for r in range(min(rows), max(rows) + 1)
    )


def fate(cells, limit=200):
    seen = {}
    for generation in range(limit):
        if not cells:
            return f"dies in generation {generation}"
        shape = normalised(cells)
        if shape in seen:
            before, old = seen[shape]
            period = generation - before
            if cells == old:
                return "still life" if period == 1 else f"oscillates with period {period}"
            return f"travels, repeating every {period} generations"
        seen[shape] = generation, cells
        cells = step(cells)
    return f"still changing after {limit} generations with {len(cells)} cells"


for name, rows in PATTERNS.items():
    print(f"{name}: {fate(parse(rows))}")

cells = parse(PATTERNS["r-pentomino"])
for _ in range(12):
    cells = step(cells)
print("\nr-pentomino after 12 generations:")
print(render(cells))
