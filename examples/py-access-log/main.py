"""Parses a web server's access log and reports status codes, slow paths and suspicious clients."""
import re
from collections import Counter, defaultdict

LINE = re.compile(
    r"""(?P<ip>\d{1,3}(?:\.\d{1,3}){3})\s+-\s+(?P<user>\S+)\s+
        \[(?P<time>[^\]]+)\]\s+
        "(?P<method>[A-Z]+)\s(?P<path>\S+)\sHTTP/(?P<version>[\d.]+)"\s+
        (?P<status>\d{3})\s+(?P<size>\d+|-)\s+(?P<ms>\d+)ms""",
    re.VERBOSE,
)
IDENTIFIER = re.compile(r"/\d+(?=/|$)")


def parse(lines):
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        if not line:
            continue
        match = LINE.fullmatch(line)
        if match is None:
            print(f"line {number}: skipped, not an access log line")
            continue
        entry = match.groupdict()
        entry["route"] = IDENTIFIER.sub("/:id", entry["path"].split("?")[0])
        entry["status"] = int(entry["status"])
        entry["size"] = 0 if entry["size"] == "-" else int(entry["size"])
        entry["ms"] = int(entry["ms"])
        yield entry


with open("access.log", encoding="utf-8") as log:
    entries = list(parse(log))

print(f"{len(entries)} requests, {sum(entry['size'] for entry in entries)} bytes")

print("\nStatus classes")
classes = Counter(f"{entry['status'] // 100}xx" for entry in entries)
for name in sorted(classes):
    print(f"  {name} {'#' * classes[name]} {classes[name]}")

print("\nRoutes by mean duration")
durations = defaultdict(list)
for entry in entries:
    durations[f"{entry['method']} {entry['route']}"].append(entry["ms"])
ranking = sorted(durations.items(), key=lambda item: (-sum(item[1]) / len(item[1]), item[0]))
for route, times in ranking:
    print(f"  {route:<29} n={len(times)} mean={sum(times) / len(times):.1f}ms max={max(times)}ms")

print("\nClients with failed logins")
failed = Counter(entry["ip"] for entry in entries if entry["path"] == "/login" and entry["status"] == 401)
for ip, count in failed.most_common():
    masked = re.sub(r"\.\d+$", ".x", ip)
    print(f"  {masked}: {count}{' (blocked)' if count >= 3 else ''}")
