"""Process 1 of a guest: starts processes and uses files for the host, at the other end of stdin and stdout.

It is root in a kernel of its own. Programs run as `user`, without any privilege, and can't reach it.
"""

import json
import os
import signal
import struct

from channel import CALL, CANCEL, END, FAILURE, INPUT, INPUT_END, READY, REPLY, ROOM, SIGNAL, Channel
from cordon_runner.interpreter import Interpreter
from cordon_runner.layout import UID
from cordon_runner.loop import InChild, Loop
from failures import failure_of
from files import Download, Removal, Upload, describe, list_folder, make_folder, move
from loaded_ahead import load_ahead, load_usual
from processes import Process, spawn_quietly
from program_run import ProgramRun, is_program_run
from users import HOMES, acting_as


class Agent:
    def __init__(self, template, is_ahead):
        self._loop = Loop(self._child_ended)
        self._calls = {}
        self._by_pid = {}
        self._program_run = None
        self._interpreter = None
        if is_ahead:
            load_usual(template)
            kind = "node" if template == "javascript" else "python"
            self._interpreter = Interpreter(kind, lambda: load_ahead(template))
            self._interpreter.wait_until_ready()
        self._channel = Channel(self._loop, self._handle)
        self._channel.on_call_ended = lambda call: self._calls.pop(call, None)
        self._channel.send(READY, 0)

    def serve(self):
        while True:
            self._channel.flush()
            self._loop.turn()

    def _handle(self, kind, call, payload):
        if kind == CALL:
            try:
                self._open(call, json.loads(payload))
            except Exception as error:  # whatever it is, it is the end of this call only
                self._channel.send_json(FAILURE, call, failure_of(error))
            return
        target = self._calls.get(call)
        if target is None:
            return  # it has ended, which the host has not heard yet
        if kind == INPUT:
            target.input(payload)
        elif kind == INPUT_END:
            target.input_end()
        elif kind == SIGNAL:
            target.signal(signal.Signals[payload.decode()])
        elif kind == ROOM:
            target.room(*struct.unpack(">I", payload))
        elif kind == CANCEL:
            target.cancel()

    def _open(self, call, request):
        operation = request["op"]
        if operation == "start":
            self._start(call, request)
        elif operation == "read":
            self._track(call, Download(call, request, self._channel))
        elif operation == "write":
            self._track(call, Upload(call, request, self._channel))
        elif operation == "remove":
            self._track(call, Removal(call, request, self._channel, spawn_quietly))
        else:
            with acting_as(request["user"]):
                pieces = _simple_operations[operation](request)
            for piece in pieces:
                self._channel.send_json(REPLY, call, piece)
            self._channel.send_json(END, call, {})

    def _start(self, call, command):
        if command["cwd"] is None:
            command["cwd"] = HOMES[command["user"]]
        interpreter, self._interpreter = self._interpreter, None
        is_free = self._program_run is None or self._program_run.is_over
        if is_free and is_program_run(command):
            self._program_run = ProgramRun(call, self._loop, self._channel, interpreter)
            self._track(call, self._program_run)
            return
        if interpreter is not None:
            # The client does something else: nothing of ours stays where its processes could meddle with it.
            interpreter.end()
        self._track(call, Process(call, command, self._loop, self._channel))

    def _track(self, call, target):
        if target.is_over:
            return
        self._calls[call] = target
        pid = getattr(target, "pid", None)
        if pid is not None:
            self._by_pid[pid] = target

    def _child_ended(self, pid, status, usage):
        target = self._by_pid.pop(pid, None)
        if target is not None:
            target.ended(status, usage)
        elif self._program_run is not None:
            self._program_run.adopted(pid, status, usage)


_simple_operations = {
    "stat": lambda request: [describe(request["path"])],
    "list": lambda request: list_folder(request["path"], request["depth"]),
    "makeDir": lambda request: [make_folder(request["path"])],
    "move": lambda request: [move(request["from"], request["to"])],
}


def serve(template, is_ahead):
    """What happens in a program's process does so with nothing of the agent below it."""
    os.closerange(3, 1024)
    os.makedirs("/run/cordon", mode=0o700, exist_ok=True)
    os.chown(HOMES["user"], UID, UID)
    try:
        Agent(template, is_ahead).serve()
    except InChild as child:
        work = child.work
    work()
