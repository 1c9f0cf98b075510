"""Dijkstra on a road map and A* on a grid, both with heapq, and the paths they found."""
import heapq
from math import inf

ROADS = """
Arden Birch 4
Arden Cedar 2
Birch Cedar 1
Birch Dover 5
Cedar Dover 8
Cedar Elmwood 10
Dover Elmwood 2
Dover Fairview 6
Elmwood Fairview 3
Grover Hilltop 1
"""

GRID = [
    "S....#....",
    ".###.#.##.",
    ".#...#..#.",
    ".#.####.#.",
    ".#......#G",
]


def read_roads(text):
    graph = {}
    for line in text.strip().splitlines():
        start, end, distance = line.split()
        graph.setdefault(start, {})[end] = int(distance)
        graph.setdefault(end, {})[start] = int(distance)
    return graph


def dijkstra(graph, source):
    distances = dict.fromkeys(graph, inf)
    distances[source] = 0
    previous, heap = {}, [(0, source)]
    while heap:
        distance, town = heapq.heappop(heap)
        if distance > distances[town]:
            continue
        for neighbour, length in graph[town].items():
            if distance + length < distances[neighbour]:
                distances[neighbour] = distance + length
                previous[neighbour] = town
                heapq.heappush(heap, (distance + length, neighbour))
    return distances, previous


def path_to(target, previous):
    path = [target]
    while path[-1] in previous:
        path.append(previous[path[-1]])
    return path[::-1]


def a_star(grid, start, goal):
    def estimate(cell):
        return abs(cell[0] - goal[0]) + abs(cell[1] - goal[1])

    heap, costs, previous = [(estimate(start), 0, start)], {start: 0}, {}
    while heap:
        _, cost, cell = heapq.heappop(heap)
        if cell == goal:
            return path_to(goal, previous)
        for dr, dc in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            step = cell[0] + dr, cell[1] + dc
            inside = 0 <= step[0] < len(grid) and 0 <= step[1] < len(grid[0])
            if inside and grid[step[0]][step[1]] != "#" and cost + 1 < costs.get(step, inf):
                costs[step], previous[step] = cost + 1, cell
                heapq.heappush(heap, (cost + 1 + estimate(step), cost + 1, step))
    return None


graph = read_roads(ROADS)
distances, previous = dijkstra(graph, "Arden")
for town in sorted(graph):
    if distances[town] == inf:
        print(f"{town}: unreachable")
    else:
        print(f"{town}: {distances[town]} via {' > '.join(path_to(town, previous))}")

path = a_star(GRID, (0, 0), (4, 9))
print(f"grid path: {len(path) - 1} steps")
cells = set(path[1:-1])
for r, row in enumerate(GRID):
    print("".join("*" if (r, c) in cells else char for c, char in enumerate(row)))
