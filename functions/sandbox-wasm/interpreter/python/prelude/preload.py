"""Modules that are in the snapshot already: what programs import most, and what takes longest to compile."""

import importlib

for _name in """
abc argparse array ast asyncio base64 bisect calendar cmath collections collections.abc concurrent.futures
configparser contextlib contextvars copy csv ctypes dataclasses datetime decimal difflib email.message email.parser
enum errno fractions functools getpass glob gzip hashlib heapq hmac html html.parser http.client importlib.metadata
inspect io ipaddress itertools json linecache locale logging math multiprocessing numbers operator os pathlib pickle
pkgutil platform pprint queue random re sched secrets select shlex shutil signal socket sqlite3 statistics string
struct subprocess sys tempfile textwrap threading time timeit tomllib traceback types typing unicodedata unittest
unittest.mock urllib.parse urllib.request uuid warnings weakref xml.etree.ElementTree zipfile zlib zoneinfo
""".split():
    importlib.import_module(_name)
