"""The runner as a program of its own."""

import json
import os
import select
import sys

from .interpreter import Interpreter, kind_for
from .kernel import adopt_orphans
from .loop import InChild, Loop
from .place_job import take_job
from .run import Run


def main():
    """Runs the job, says its report; what happens in the program's process does so with nothing below it."""
    try:
        _supervise()
    except InChild as child:
        work = child.work
    else:
        sys.exit(0)
    work()


def _supervise():
    adopt_orphans()
    ended = []
    loop = Loop(lambda *child: run.child_ended(*child))
    writer = _LineWriter(loop)
    run = Run(loop, writer.say, lambda: ended.append(True))
    job = take_job()
    interpreter = Interpreter(kind_for(job["language"]))
    interpreter.wait_until_ready()
    run.start(job, interpreter)
    while not ended:
        loop.turn()
    writer.close()


class _LineWriter:
    """Says lines on stdout and never waits for who reads them: limits hold also when nobody does."""

    def __init__(self, loop):
        self._loop, self._waiting = loop, bytearray()
        os.set_blocking(1, False)

    def say(self, message):
        self._waiting += json.dumps(message).encode() + b"\n"
        self._write()

    def close(self):
        os.set_blocking(1, True)
        self._write()

    def _write(self):
        try:
            while self._waiting:
                del self._waiting[: os.write(1, self._waiting)]
            self._loop.forget(1)
        except BlockingIOError:
            self._loop.watch(1, select.POLLOUT, self._write)
