"""Checks made-up services and exits with the number of broken ones, as a monitoring plug-in does."""
import sys
from typing import NamedTuple


class Check(NamedTuple):
    name: str
    value: float
    warning: float
    critical: float
    unit: str = ""

    @property
    def state(self):
        if self.value >= self.critical:
            return "CRITICAL"
        return "WARNING" if self.value >= self.warning else "OK"


CHECKS = [
    Check("disk", 91.5, 80, 90, "%"),
    Check("load", 1.7, 4, 8),
    Check("latency", 850, 300, 800, " ms"),
    Check("queue", 120, 100, 500),
    Check("errors", 7.25, 1, 5, "%"),
]


def main():
    broken = 0
    for check in CHECKS:
        print(f"{check.state:<8} {check.name:<8} {check.value:g}{check.unit}")
        if check.state == "CRITICAL":
            broken += 1
            print(f"{check.name} is over {check.critical:g}{check.unit}", file=sys.stderr)
    return broken


if __name__ == "__main__":
    sys.exit(main())
