"""What `site` does when Python starts, for an image whose answers are known.

Its search for hooks, for a virtual environment and for paths in other files is an eighth of a warm guest's start.
"""

import builtins
import sys
from _sitebuiltins import Quitter, _Helper

_PACKAGES = "/usr/lib/python3/dist-packages"


def do_as_site():
    """For a Python that was started with -S."""
    sys.path.append(_PACKAGES)
    for name in "quit", "exit":
        setattr(builtins, name, Quitter(name, "Ctrl-D (i.e. EOF)"))
    builtins.help = _Helper()
