"""Solves the sudoku on stdin by constraint propagation and backtracking, and checks the solution."""
import sys


def read_grid(lines):
    grid = [[0 if char in ".0" else int(char) for char in line.strip()] for line in lines if line.strip()]
    if len(grid) != 9 or any(len(row) != 9 for row in grid):
        raise SystemExit("expected 9 lines of 9 characters")
    return grid


def candidates(grid, row, column):
    used = set(grid[row]) | {grid[r][column] for r in range(9)}
    top, left = row // 3 * 3, column // 3 * 3
    used |= {grid[r][c] for r in range(top, top + 3) for c in range(left, left + 3)}
    return [digit for digit in range(1, 10) if digit not in used]


def solve(grid, statistics):
    """Fills the emptiest cell first; returns whether a solution was found."""
    best = None
    for row in range(9):
        for column in range(9):
            if grid[row][column]:
                continue
            options = candidates(grid, row, column)
            if best is None or len(options) < len(best[2]):
                best = row, column, options
    if best is None:
        return True

    row, column, options = best
    for digit in options:
        grid[row][column] = digit
        statistics["placed"] += 1
        if solve(grid, statistics):
            return True
        statistics["undone"] += 1
    grid[row][column] = 0
    return False


def is_valid(grid):
    digits = set(range(1, 10))
    columns = zip(*grid)
    boxes = ([grid[r + i][c + j] for i in range(3) for j in range(3)] for r in (0, 3, 6) for c in (0, 3, 6))
    return all(set(unit) == digits for units in (grid, columns, boxes) for unit in units)


def show(grid):
    for number, row in enumerate(grid):
        if number in (3, 6):
            print("------+-------+------")
        print(" | ".join(" ".join(map(str, row[i : i + 3])) for i in (0, 3, 6)))


grid = read_grid(sys.stdin)
givens = sum(1 for row in grid for digit in row if digit)
statistics = {"placed": 0, "undone": 0}
if not solve(grid, statistics):
    sys.exit("no solution")
show(grid)
print(f"givens: {givens}, placed: {statistics['placed']}, undone: {statistics['undone']}")
print("valid:", is_valid(grid))
