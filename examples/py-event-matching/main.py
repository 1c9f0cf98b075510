"""Structural pattern matching over JSON events on stdin, one a line, feeding a small state machine."""
import json
import sys
from dataclasses import dataclass


@dataclass
class Point:
    x: int
    y: int


def decode(record):
    """JSON objects with just x and y become points."""
    return Point(**record) if record.keys() == {"x", "y"} else record


class Robot:
    def __init__(self):
        self.at, self.heading, self.carrying = Point(0, 0), "north", []

    def handle(self, event):
        match event:
            case {"type": "move", "to": Point(x=0, y=0)}:
                self.at = Point(0, 0)
                return "went home"
            case {"type": "move", "to": Point(x, y)} if abs(x) + abs(y) <= 10:
                self.at = Point(x, y)
                return f"moved to {x},{y}"
            case {"type": "move", "to": Point()}:
                return "too far"
            case {"type": "turn", "direction": "left" | "right" as side}:
                compass = ["north", "east", "south", "west"]
                step = 1 if side == "right" else -1
                self.heading = compass[(compass.index(self.heading) + step) % 4]
                return f"faces {self.heading}"
            case {"type": "take", "items": []}:
                return "nothing to take"
            case {"type": "take", "items": [only]}:
                self.carrying.append(only)
                return f"took {only}"
            case {"type": "take", "items": [first, *rest]}:
                self.carrying += [first, *rest]
                return f"took {first} and {len(rest)} more"
            case {"type": str(kind), **details} if details:
                return f"doesn't know how to {kind} ({', '.join(sorted(details))})"
            case [*events]:
                return "; ".join(self.handle(inner) for inner in events)
            case int() | float() as number:
                return f"ignores the number {number}"
            case None | True | False:
                return "ignores an empty event"
            case _:
                return "is puzzled"


robot = Robot()
for number, line in enumerate(sys.stdin, start=1):
    try:
        event = json.loads(line, object_hook=decode)
    except json.JSONDecodeError as error:
        print(f"{number}: not JSON at column {error.colno}")
        continue
    print(f"{number}: {robot.handle(event)}")
print(robot.at, robot.heading, robot.carrying)
