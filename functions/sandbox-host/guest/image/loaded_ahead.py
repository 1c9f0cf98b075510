"""What a waiting Python has imported already: what programs import most, within the memory that waiting may cost."""

_usual = (
    "collections",
    "dataclasses",
    "datetime",
    "functools",
    "itertools",
    "math",
    "random",
    "re",
    "string",
    "subprocess",
    "threading",
    "time",
    "traceback",
    "typing",
)

loaded_ahead = {
    "python": _usual,
    "python-data": (*_usual, "numpy", "pandas", "matplotlib.pyplot"),
    "javascript": (),
    "bash": (),
}
