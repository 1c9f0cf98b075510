"""`cordon-run`, served by the agent itself: the same runner, with an interpreter that waits already."""

import json

from channel import CHUNK_BYTES, END, ERROR_OUTPUT, OUTPUT, REPLY, WINDOW_BYTES
from cordon_runner.interpreter import Interpreter, kind_for
from cordon_runner.place_job import take_job
from cordon_runner.run import Run, signal_name
from loaded_ahead import end_loading

COMMAND = {"cmd": "/bin/bash", "args": ["-l", "-c", "cordon-run"], "user": "root"}


def is_program_run(command):
    return all(command[key] == value for key, value in COMMAND.items())


class ProgramRun:
    """Looks like the process that `cordon-run` would be. Its output waits here for room: it is limited anyway."""

    def __init__(self, call, loop, channel, interpreter):
        self._call, self._channel = call, channel
        self._run = Run(loop, self._say, lambda: self._end({"exitCode": 0}))
        self.is_over, self.pid = False, 0
        self._stopped_by = self._end_said = None
        self._room, self._waiting = WINDOW_BYTES, bytearray()
        try:
            job = take_job()
            interpreter = _fitting(interpreter, job["language"])
            self.pid = interpreter.pid
            channel.send_json(REPLY, call, {"pid": self.pid})
            self._run.start(job, interpreter)
        except Exception as error:  # a job that is not there, or is none
            if self.pid == 0:
                channel.send_json(REPLY, call, {"pid": 1})
            channel.send(ERROR_OUTPUT, call, f"cordon-run: {error!r}\n".encode()[:1000])
            self._end({"exitCode": 1})

    def signal(self, number):
        self._stopped_by = number
        if not self.is_over:
            self._run.stop()

    def ended(self, status, usage):
        if not self.is_over:
            self._run.child_ended(self.pid, status, usage)

    def adopted(self, pid, status, usage):
        """A process that the program has left to us."""
        if not self.is_over:
            self._run.child_ended(pid, status, usage)

    def room(self, more):
        self._room += more
        self._pass_on()

    def input(self, chunk):
        pass

    def input_end(self):
        pass

    def cancel(self):
        pass

    def _say(self, message):
        self._waiting += json.dumps(message).encode() + b"\n"
        self._pass_on()

    def _end(self, end):
        self.is_over = True
        self._end_said = end if self._stopped_by is None else {"signal": signal_name(self._stopped_by)}
        self._pass_on()

    def _pass_on(self):
        while self._waiting and self._room > 0:
            part = bytes(self._waiting[: min(CHUNK_BYTES, self._room)])
            del self._waiting[: len(part)]
            self._room -= len(part)
            self._channel.send(OUTPUT, self._call, part)
        if self.is_over and not self._waiting:
            self._channel.send_json(END, self._call, self._end_said)


def _fitting(interpreter, language):
    if interpreter is not None and interpreter.kind == kind_for(language):
        return interpreter
    if interpreter is not None:
        interpreter.end()
    interpreter = Interpreter(kind_for(language), end_loading)
    interpreter.wait_until_ready()
    return interpreter
