"""Runs a program as __main__ with the variable `context`, and notes an uncaught exception in a file."""

import json
import os
import runpy
import sys
import traceback

main_file = sys.argv[1]
error_file = os.environ.pop("CORDON_ERROR_FILE")
sys.argv = sys.argv[1:]
sys.path[0] = os.getcwd()
with open("../context.json", encoding="utf-8") as handle:
    context = json.load(handle)

try:
    runpy.run_path(main_file, {"context": context}, "__main__")
except SystemExit:
    raise
except BaseException as error:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == main_file]
    with open(error_file, "w", encoding="utf-8") as handle:
        json.dump({"type": type(error).__name__, "message": str(error), "line": lines[-1] if lines else None}, handle)
    traceback.print_exc()
    sys.exit(1)
