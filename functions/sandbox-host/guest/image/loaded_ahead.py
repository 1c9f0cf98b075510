"""What a waiting Python has imported already: what programs import most, within the memory that waiting may cost."""

import gc
import importlib
import os
import sys

from cordon_runner.layout import FONT_LIST_FOLDER
from cordon_runner.place_job import offer_font_list
from module_bundle import close_bundles

usual = (
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
data = ("numpy", "pandas", "matplotlib.pyplot")

_loaded_ahead = {"python": usual, "python-data": (*usual, *data)}


def load_ahead(template):
    """In the process that waits for its program."""
    modules = _loaded_ahead.get(template, ())
    if "matplotlib.pyplot" in modules and os.path.isdir(FONT_LIST_FOLDER):
        offer_font_list()
    for module in modules:
        importlib.import_module(module)
    if "matplotlib.pyplot" in modules:
        draw_once(sys.modules["matplotlib.pyplot"])
    end_loading()


def end_loading():
    """Nothing of a bundle may come before a program's own modules."""
    close_bundles()
    # What exists now lives as long as the process: the collector needn't look at it.
    gc.freeze()


def draw_once(pyplot):
    """The first figure loads fonts and what writes PNG."""
    import io

    pyplot.switch_backend("agg")
    pyplot.plot([0, 1])
    pyplot.title("a")
    pyplot.savefig(io.BytesIO())
    pyplot.close("all")
