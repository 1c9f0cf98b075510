"""Run once, when the image is made: puts what guests load into bundles.

base.bundle     the agent, and what a plain Python loads ahead
data.bundle     what one for data loads beyond that
"""

import sys
from _frozen_importlib_external import SourceFileLoader
from importlib import import_module

_PYC_HEADER_BYTES = 16
_always_loaded = {*sys.modules}

from loaded_ahead import data, draw_once, usual
from module_bundle import write_bundle


def _codes_beyond(known):
    """Of modules that have a file of bytecode; those in C have not, and are found as usual."""
    for name, module in sorted(sys.modules.items()):
        loader = getattr(getattr(module, "__spec__", None), "loader", None)
        if name in known or type(loader) is not SourceFileLoader:
            continue
        with open(module.__spec__.cached, "rb") as file:
            yield name, (loader.path, loader.is_package(name), file.read()[_PYC_HEADER_BYTES:])


for module in ("agent", "cordon_runner.python_program", *usual):
    import_module(module)
base = dict(_codes_beyond(_always_loaded))
for module in data:
    import_module(module)
draw_once(sys.modules["matplotlib.pyplot"])
write_bundle("base", base)
write_bundle("data", dict(_codes_beyond(_always_loaded | {*base})))
