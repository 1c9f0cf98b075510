"""Process 1 of a guest. As short as it can be: it is compiled anew each time.

    main.py TEMPLATE [ahead]      ahead: with an interpreter that waits for a program before the host hears of us
"""

import sys

from module_bundle import open_bundle

open_bundle("base")

from agent import serve
from plain_site import do_as_site

do_as_site()
serve(sys.argv[1], "ahead" in sys.argv)
