"""Classic dynamic programming: 0/1 knapsack with the chosen items, edit distance with its script, coins, LIS."""
from bisect import bisect_left


def knapsack(items, capacity):
    best = [[0] * (capacity + 1) for _ in range(len(items) + 1)]
    for row, (_, weight, value) in enumerate(items, start=1):
        for room in range(capacity + 1):
            best[row][room] = best[row - 1][room]
            if weight <= room:
                best[row][room] = max(best[row][room], best[row - 1][room - weight] + value)

    chosen, room = [], capacity
    for row in range(len(items), 0, -1):
        if best[row][room] != best[row - 1][room]:
            name, weight, _ = items[row - 1]
            chosen.append(name)
            room -= weight
    return best[-1][capacity], chosen[::-1]


def edit_script(source, target):
    rows, columns = len(source) + 1, len(target) + 1
    cost = [[row + column if row * column == 0 else 0 for column in range(columns)] for row in range(rows)]
    for i in range(1, rows):
        for j in range(1, columns):
            same = source[i - 1] == target[j - 1]
            cost[i][j] = min(cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (not same))

    steps, i, j = [], rows - 1, columns - 1
    while i or j:
        if i and j and cost[i][j] == cost[i - 1][j - 1] + (source[i - 1] != target[j - 1]):
            if source[i - 1] != target[j - 1]:
                steps.append(f"{source[i - 1]}>{target[j - 1]}")
            i, j = i - 1, j - 1
        elif i and cost[i][j] == cost[i - 1][j] + 1:
            steps.append(f"-{source[i - 1]}")
            i -= 1
        else:
            steps.append(f"+{target[j - 1]}")
            j -= 1
    return cost[-1][-1], steps[::-1]


def coin_ways(amount, coins):
    ways = [1] + [0] * amount
    for coin in coins:
        for total in range(coin, amount + 1):
            ways[total] += ways[total - coin]
    return ways[amount]


def longest_increasing(sequence):
    tails = []
    for value in sequence:
        position = bisect_left(tails, value)
        tails[position : position + 1] = [value]
    return len(tails)


gear = [("tent", 5, 10), ("stove", 3, 7), ("camera", 2, 6), ("rope", 4, 3), ("book", 1, 2), ("axe", 6, 9)]
value, chosen = knapsack(gear, 10)
print(f"knapsack: value {value} with {', '.join(chosen)}")

for pair in [("kitten", "sitting"), ("flaw", "lawn"), ("", "abc"), ("same", "same")]:
    distance, steps = edit_script(*pair)
    print(f"{pair[0] or '(empty)'} -> {pair[1]}: {distance} {' '.join(steps)}".rstrip())

print("ways to pay 100:", coin_ways(100, [1, 2, 5, 10, 20, 50]))
print("longest increasing:", longest_increasing([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9]))
