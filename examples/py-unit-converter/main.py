"""A command line: `convert 12.5 km mi --precision 3 --verbose`, with argparse sub-commands."""
import argparse
import json

FACTORS = {
    "length": {"m": 1.0, "km": 1000.0, "mi": 1609.344, "ft": 0.3048},
    "mass": {"kg": 1.0, "g": 0.001, "lb": 0.45359237, "oz": 0.028349523125},
}


def kind_of(unit):
    for kind, units in FACTORS.items():
        if unit in units:
            return kind
    raise argparse.ArgumentTypeError(f"unknown unit {unit!r}")


def unit(text):
    kind_of(text)
    return text


def build_parser():
    parser = argparse.ArgumentParser(prog="units", description="Converts units.", add_help=False)
    commands = parser.add_subparsers(dest="command", required=True)

    convert = commands.add_parser("convert", add_help=False)
    convert.add_argument("amounts", nargs="+", type=float)
    convert.add_argument("--from", dest="source", type=unit, required=True)
    convert.add_argument("--to", dest="target", type=unit, required=True)
    convert.add_argument("-p", "--precision", type=int, default=2, choices=range(0, 10))
    convert.add_argument("--format", choices=["text", "json"], default="text")
    convert.add_argument("-v", "--verbose", action="count", default=0)

    commands.add_parser("list", add_help=False)
    return parser


def run(arguments):
    if arguments.command == "list":
        return [f"{kind}: {' '.join(units)}" for kind, units in FACTORS.items()]
    kind = kind_of(arguments.source)
    if kind != kind_of(arguments.target):
        return [f"can't convert {kind} to {kind_of(arguments.target)}"]

    ratio = FACTORS[kind][arguments.source] / FACTORS[kind][arguments.target]
    results = [round(amount * ratio, arguments.precision) for amount in arguments.amounts]
    if arguments.format == "json":
        return [json.dumps({"unit": arguments.target, "values": results})]
    notes = [f"1 {arguments.source} = {ratio:.6g} {arguments.target}"] if arguments.verbose else []
    return notes + [f"{a:g} {arguments.source} = {r:g} {arguments.target}" for a, r in zip(arguments.amounts, results)]


parser = build_parser()
print("\n".join(run(parser.parse_args())))
for line in ["list", "convert 3 --from kg --to mi", "convert 1 2 --from lb --to g --format json"]:
    print(f"$ units {line}")
    print("\n".join(run(parser.parse_args(line.split()))))
