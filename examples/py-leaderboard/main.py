"""Sorting and collections: a leaderboard with ties, multi-key sorts, counters, grouping, deques, ordered dicts."""
from bisect import bisect, insort
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from operator import attrgetter

Result = namedtuple("Result", "player team points minutes")

RESULTS = [
    Result("Mia", "red", 310, 42),
    Result("Noah", "blue", 275, 38),
    Result("Lena", "red", 310, 39),
    Result("Omar", "green", 120, 55),
    Result("Ivy", "blue", 275, 38),
    Result("Sam", "green", 305, 61),
]


def ranked(results):
    """Standard competition ranking: equal points share a rank, the next rank is skipped."""
    ordered = sorted(results, key=lambda result: (-result.points, result.minutes, result.player))
    rank, previous = 0, None
    for position, result in enumerate(ordered, start=1):
        if result.points != previous:
            rank, previous = position, result.points
        yield rank, result


for rank, result in ranked(RESULTS):
    print(f"{rank}. {result.player:<5} {result.team:<6}{result.points:>4} points in {result.minutes} min")

teams = defaultdict(list)
for result in RESULTS:
    teams[result.team].append(result)
print({team: sum(map(attrgetter("points"), members)) for team, members in sorted(teams.items())})

stable = sorted(sorted(RESULTS, key=attrgetter("player")), key=attrgetter("team"), reverse=True)
print("by team down, name up:", [result.player for result in stable])

grades = [(90, "A"), (80, "B"), (70, "C")]
breakpoints, letters = [60, 70, 80, 90], "FDCBA"
print("grades:", "".join(letters[bisect(breakpoints, score)] for score in [33, 99, 77, 70, 89, 90, 100]))

podium = []
for result in RESULTS:
    insort(podium, result, key=lambda r: -r.points)
    del podium[3:]
print("podium:", [result.player for result in podium])

votes = Counter("abracadabra")
votes.update(c=3, z=1)
votes.subtract("aa")
print("votes:", votes.most_common(3), "total", votes.total(), "missing", votes["q"])
print("common:", sorted((Counter("aabbc") & Counter("abccc")).elements()), sorted(+Counter(a=2, b=-1)))

history = deque(maxlen=3)
for page in ["home", "shop", "cart", "pay"]:
    history.append(page)
history.rotate(1)
print("history:", list(history), history[-1])

recent = OrderedDict.fromkeys("xyz")
recent.move_to_end("x")
recent.popitem(last=False)
print("recent:", list(recent))

settings = ChainMap({"theme": "dark"}, {"theme": "light", "size": 12})
print("settings:", settings["theme"], settings["size"], len(settings))
print("natural order:", sorted(["img12", "img2", "img1"], key=lambda name: int(name[3:])))
print("replaced:", RESULTS[3]._replace(points=320)._asdict())
