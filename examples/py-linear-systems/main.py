"""Linear algebra without libraries: LU with pivoting in floats, Gauss-Jordan in exact fractions."""
from fractions import Fraction
from math import isclose, prod


def lu(matrix):
    size = len(matrix)
    upper = [row[:] for row in matrix]
    lower = [[0.0] * size for _ in range(size)]
    order, swaps = list(range(size)), 0
    for column in range(size):
        pivot = max(range(column, size), key=lambda row: abs(upper[row][column]))
        if abs(upper[pivot][column]) < 1e-12:
            raise ZeroDivisionError("matrix is singular")
        if pivot != column:
            swaps += 1
            for table in (upper, lower, order):
                table[column], table[pivot] = table[pivot], table[column]
        lower[column][column] = 1.0
        for row in range(column + 1, size):
            factor = upper[row][column] / upper[column][column]
            lower[row][column] = factor
            upper[row] = [a - factor * b for a, b in zip(upper[row], upper[column])]
    return lower, upper, order, swaps


def solve(matrix, right):
    lower, upper, order, _ = lu(matrix)
    size = len(matrix)
    y = []
    for row in range(size):
        y.append(right[order[row]] - sum(lower[row][k] * y[k] for k in range(row)))
    x = [0.0] * size
    for row in reversed(range(size)):
        x[row] = (y[row] - sum(upper[row][k] * x[k] for k in range(row + 1, size))) / upper[row][row]
    return x


def determinant(matrix):
    _, upper, _, swaps = lu(matrix)
    return (-1) ** swaps * prod(upper[i][i] for i in range(len(upper)))


def inverse(matrix):
    size = len(matrix)
    rows = [[Fraction(v) for v in row] + [Fraction(i == j) for j in range(size)] for i, row in enumerate(matrix)]
    for column in range(size):
        pivot = next(row for row in range(column, size) if rows[row][column] != 0)
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [v / rows[column][column] for v in rows[column]]
        for row in range(size):
            if row != column:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column])]
    return [row[size:] for row in rows]


a = [[2, 1, -1], [-3, -1, 2], [-2, 1, 2]]
b = [8, -11, -3]
x = solve(a, b)
print("x =", [round(value, 6) for value in x])
print("residual ok:", all(isclose(sum(c * v for c, v in zip(row, x)), r) for row, r in zip(a, b)))
print(f"det = {determinant(a):.6f}")

print("exact inverse:")
for row in inverse(a):
    print("  " + "  ".join(f"{str(value):>4}" for value in row))

hilbert = [[Fraction(1, i + j + 1) for j in range(4)] for i in range(4)]
print("inverse of the 4x4 Hilbert matrix:")
for row in inverse(hilbert):
    print("  " + " ".join(f"{str(value):>6}" for value in row))

try:
    solve([[1, 2], [2, 4]], [1, 2])
except ZeroDivisionError as error:
    print("second system:", error)
