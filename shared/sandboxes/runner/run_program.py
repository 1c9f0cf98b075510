"""Runs one program as `user`, under exact limits, and says on stdout, in lines of JSON, what became of it.

    root: read job ─> disk, files ─> job to the interpreter ─> supervise ─> end every process of `user` ─> report
    user: interpreter, started ahead, waits ──────────────────> main.py | main.js | main.sh

The program is hostile. It has none of our descriptors but the pipe for its error, and what comes out of that is only
believed about the program itself. Nothing that it does as `user` reaches this process, which stays root.

Where no image of ours is, bundle-runner.ts makes one file of all parts, standard library only, to be uploaded.
"""

from cordon_runner.cold_start import main

main()
