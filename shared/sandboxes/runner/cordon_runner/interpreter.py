"""The process of `user` that the program runs in."""

import json
import os
import resource
import select
import signal
import time

from .kernel import forgo_privileges, own_process_files
from .layout import FONT_LIST_FOLDER, HOME, JOB_FD, MATPLOTLIB_FOLDER, REPORT_FD, UID
from .loop import InChild, leave_loop
from .place_job import write_file

# For node alone, which `user` must be able to read it.
_NODE_MAIN = "/run/cordon-main.cjs"
# V8 must not give up before the memory limit is reached, which is 512 MiB at most.
_NODE_HEAP_MIB = 640
_READY = b"ready\n"


def kind_for(language):
    return "node" if language == "javascript" else "python"


def base_environment():
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": HOME, "USER": "user", "LOGNAME": "user"}
    environment.update(SHELL="/bin/bash", LANG="C.UTF-8")
    if os.path.isdir(FONT_LIST_FOLDER):
        environment["MPLCONFIGDIR"] = MATPLOTLIB_FOLDER
    return environment


class Interpreter:
    """A process that waits for its program: `python`, a fork of this one that can also become bash, or `node`."""

    def __init__(self, kind, prepare=lambda: None):
        """A Python does what `prepare` says before it is ready."""
        self.kind = kind
        if kind == "node":
            from .node_source import NODE_SOURCE

            write_file(_NODE_MAIN, NODE_SOURCE.encode(), 0o644)
        stdin, self.stdin = os.pipe()
        self.stdout, stdout = os.pipe()
        self.stderr, stderr = os.pipe()
        job, self._job = os.pipe()
        self.report, report = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            leave_loop()
            _take_descriptors(stdin, stdout, stderr, job, report)
            _become_user()
            raise InChild(_exec_node if kind == "node" else lambda: _be_python(prepare))
        for fd in stdin, stdout, stderr, job, report:
            os.close(fd)
        for fd in self.stdin, self.stdout, self.stderr, self.report:
            os.set_blocking(fd, False)

    def wait_until_ready(self):
        """Also returns when it will never be: the pipe is at its end then."""
        select.select([self.report], [], [])
        os.read(self.report, len(_READY))

    def tell(self, job):
        """Gives it its program. Fails with BrokenPipeError when it is gone."""
        rest = memoryview(json.dumps(job).encode())
        while rest:
            rest = rest[os.write(self._job, rest) :]
        os.close(self._job)

    def end(self):
        """Ends one that was told nothing."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        for fd in self.stdin, self.stdout, self.stderr, self.report, self._job:
            os.close(fd)


def _take_descriptors(stdin, stdout, stderr, job, report):
    os.dup2(report, REPORT_FD)
    os.dup2(job, JOB_FD)
    for target, fd in enumerate((stdin, stdout, stderr)):
        os.dup2(fd, target)
        # Or `/dev/stdout`, which opens it anew, would be refused.
        os.fchown(target, UID, UID)
    os.closerange(3, REPORT_FD)
    os.closerange(JOB_FD + 1, JOB_FD + 100)


def _become_user():
    os.setsid()
    os.setgroups([])
    os.setresgid(UID, UID, UID)
    os.setresuid(UID, UID, UID)
    forgo_privileges()
    own_process_files()
    os.umask(0o022)
    os.chdir(HOME)
    os.environ.clear()
    os.environ.update(base_environment())


def _exec_node():
    try:
        os.execvp("node", ["node", f"--max-old-space-size={_NODE_HEAP_MIB}", _NODE_MAIN])
    except OSError as error:
        _fail_to_exec("node", error)


def _fail_to_exec(name, error):
    os.write(2, f"{name}: {error.strerror}\n".encode())
    os._exit(127)


def _be_python(prepare):
    # Here, while nobody waits for it; it needs this file in turn.
    from .python_program import run_python

    for fd in REPORT_FD, JOB_FD:
        os.set_inheritable(fd, False)
    prepare()
    os.write(REPORT_FD, _READY)
    chunks = []
    while chunk := os.read(JOB_FD, 1 << 16):
        chunks.append(chunk)
    if not chunks:
        os._exit(0)
    os.close(JOB_FD)
    job = json.loads(b"".join(chunks))
    os.chdir(HOME)
    os.environ.update(job["env"])
    if job["language"] == "python":
        run_python(job)
    _become_bash(job)


def _become_bash(job):
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    say_started(job["token"])
    try:
        os.execvp("bash", ["bash", "main.sh", *job["args"]])
    except OSError as error:
        _fail_to_exec("bash", error)


def say_started(token):
    """The last word before the program's first instruction, with what is not to be charged to it."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu_ms = (usage.ru_utime + usage.ru_stime) * 1000
    say(token, {"started": {"at": time.monotonic(), "cpuTimeMs": cpu_ms, "maxRssKb": usage.ru_maxrss}})


def say(token, message):
    os.write(REPORT_FD, f"{token}{json.dumps(message)}\n".encode())
