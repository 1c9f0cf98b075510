"""What a waiting Python has imported already: what most programs import, within what waiting may cost.

What only some import is left to them: each sandbox would pay for it, and most for nothing. linecache is for us.
"""

import gc
import importlib
import os
import sys

from cordon_runner.layout import FONT_LIST_FOLDER
from cordon_runner.place_job import offer_font_list
from module_bundle import close_bundles, open_bundle

usual = (
    "collections",
    "datetime",
    "functools",
    "itertools",
    "linecache",
    "math",
    "random",
    "re",
    "time",
)
data = ("numpy", "pandas", "matplotlib.pyplot")


def load_usual(template):
    """In the agent, whose fork has it too: what the fork loads itself makes it copy more of the pages that they share."""
    if template.startswith("python"):
        _import_all(("cordon_runner.python_program", *usual))


def load_ahead(template):
    """In the process that waits for its program."""
    if template == "python-data":
        _load_data()
    end_loading()


def _load_data():
    open_bundle("data")
    if os.path.isdir(FONT_LIST_FOLDER):
        offer_font_list()
    _import_all(data)
    draw_once(sys.modules["matplotlib.pyplot"])


def _import_all(modules):
    for module in modules:
        importlib.import_module(module)


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
