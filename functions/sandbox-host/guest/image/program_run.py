"""`cordon-run`, served by the agent itself: the same runner, with an interpreter that waits already."""

import json

from channel import END, ERROR_OUTPUT, OUTPUT, REPLY
from cordon_runner.interpreter import Interpreter, kind_for
from cordon_runner.place_job import take_job
from cordon_runner.run import Run, signal_name

COMMAND = {"cmd": "/bin/bash", "args": ["-l", "-c", "cordon-run"], "user": "root"}


def is_program_run(command):
    return all(command[key] == value for key, value in COMMAND.items())


class ProgramRun:
    """Looks like the process that `cordon-run` would be. Its output is limited, and so never waits for room."""

    def __init__(self, call, loop, channel, interpreter):
        self._call, self._channel = call, channel
        self._run = Run(loop, self._say, lambda: self._end({"exitCode": 0}))
        self.is_over, self.pid = False, 0
        self._stopped_by = None
        try:
            job = take_job()
            interpreter = _fitting(interpreter, job["language"])
        except (OSError, ValueError, KeyError) as error:
            channel.send_json(REPLY, call, {"pid": 1})
            channel.send(ERROR_OUTPUT, call, f"cordon-run: no job: {error!r}\n".encode())
            self._end({"exitCode": 1})
            return
        self.pid = interpreter.pid
        channel.send_json(REPLY, call, {"pid": self.pid})
        self._run.start(job, interpreter)

    def signal(self, number):
        self._stopped_by = number
        if not self.is_over:
            self._run.stop()

    def ended(self, status, usage):
        """Of any process that the program may have left to us, too."""
        if not self.is_over:
            self._run.child_ended(self.pid, status, usage)

    def adopted(self, pid, status, usage):
        if not self.is_over:
            self._run.child_ended(pid, status, usage)

    def room(self, more):
        pass

    def input(self, chunk):
        pass

    def input_end(self):
        pass

    def _say(self, message):
        self._channel.send(OUTPUT, self._call, json.dumps(message).encode() + b"\n")

    def _end(self, end):
        self.is_over = True
        if self._stopped_by is not None:
            end = {"signal": signal_name(self._stopped_by)}
        self._channel.send_json(END, self._call, end)


def _fitting(interpreter, language):
    if interpreter is not None and interpreter.kind == kind_for(language):
        return interpreter
    if interpreter is not None:
        interpreter.end()
    interpreter = Interpreter(kind_for(language))
    interpreter.wait_until_ready()
    return interpreter
