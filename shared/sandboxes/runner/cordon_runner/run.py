"""One program from its job to its report."""

import base64
import os
import re
import resource
import signal
import time

from .artifacts import find_artifacts
from .guest_memory import GuestMemory
from .interpreter import base_environment
from .kernel import IS_GVISOR
from .layout import MIB, PROGRAM_FILES
from .place_job import acting_as_user, place_files, prepare_disk
from .program_streams import ProgramStreams
from .report_pipe import ReportPipe, valid_error
from .user_processes import UserProcesses, kill, sweep

# What an interpreter counts as at its start, whatever was loaded ahead.
_INTERPRETER_MIB = 16
# Threads that node starts at its first use of files or compression.
_NODE_POOL_THREADS = 4
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
# What a program has freed is counted until gVisor has taken it back.
_RECLAIM_LOOKS = 20
_RECLAIM_PAUSE_SECONDS = 0.005


class Run:
    """Supervises one program in the turns of a loop, which must pass on every child that ended.

        start ─> started ─> ticks: limits ─> its process ends, or is killed for a limit ─> sweep ─> report
    """

    def __init__(self, loop, emit, on_end):
        """`emit` takes what is to be said, as a dictionary; `on_end` is called once, after the report."""
        self._loop, self._emit, self._on_end = loop, emit, on_end
        self._job = self._interpreter = self._processes = self._streams = self._report = None
        self._started_at = self._limit = None
        self._cpu_before_ms = self._cpu_reaped_ms = self._rss_before_kb = self._peak_bytes = 0
        self._credit_bytes = self._base_bytes = 0
        self._guest_memory = None
        self._is_stopped = False

    def start(self, job, interpreter):
        """Starts the job in an interpreter of its kind that is ready, or reports why it can't."""
        self._job, self._interpreter = job, interpreter
        try:
            prepare_disk(job["limits"]["diskMiB"])
            with acting_as_user():
                self._limit_resources()
                place_files(job)
        except OSError as error:
            interpreter.end()
            self._refuse(error)
            return
        self._measure_before()
        token = os.urandom(16).hex()
        self._report = ReportPipe(interpreter.report, self._loop, token, self._heard)
        limit_bytes = job["limits"]["outputBytes"]
        self._streams = ProgramStreams(
            interpreter, self._loop, limit_bytes, self._emit_output, lambda: self._stop("outputBytes")
        )
        self._streams.open(job["stdin"])
        interpreter.tell(self._message(token))
        self._loop.on_tick = self._check

    def stop(self):
        """Ends the program from outside, as if by a signal; before it has started, there is no report."""
        self._is_stopped = True
        kill(self._interpreter.pid)

    def child_ended(self, pid, status, usage):
        """Counts a child that was reaped; the program's own process ends the run."""
        self._cpu_reaped_ms += (usage.ru_utime + usage.ru_stime) * 1000
        if self._loop.on_tick is not None and pid == self._interpreter.pid:
            self._loop.on_tick = None
            self._finish(status, usage)

    def _refuse(self, error):
        message = f"[Errno {error.errno}] {error.strerror}: the program's files can't be placed in its folder"
        text = f"OSError: {message}\n".encode()
        self._emit({"started": True})
        self._emit({"stderr": base64.b64encode(text).decode("ascii")})
        usage = {"wallTimeMs": 0, "cpuTimeMs": 0, "peakMemoryMiB": 0, "outputBytes": len(text)}
        self._emit(
            {
                "report": {
                    "ending": {"kind": "exited", "exitCode": 1},
                    "truncated": {"stdout": False, "stderr": False},
                    "error": {"type": "OSError", "message": message, "line": None},
                    "usage": usage,
                    "artifacts": [],
                }
            }
        )
        self._on_end()

    def _measure_before(self):
        self._processes = UserProcesses()
        resident = sum(rss for _, rss in self._processes.look())
        if self._job["language"] != "bash":
            self._credit_bytes = max(0, resident - _INTERPRETER_MIB * MIB)
        self._base_bytes = resident - self._credit_bytes
        self._guest_memory = GuestMemory() if IS_GVISOR else None

    def _limit_resources(self):
        pid, limits = self._interpreter.pid, self._job["limits"]
        # gVisor counts a process for the user who made it, also after it has become another's.
        processes = limits["processes"] - IS_GVISOR
        if self._interpreter.kind == "node":
            processes += len(os.listdir(f"/proc/{pid}/task")) - 1 + _NODE_POOL_THREADS
        for kind, value in (
            (resource.RLIMIT_NPROC, processes),
            # A full disk comes first; only a hole makes a file larger than the disk.
            (resource.RLIMIT_FSIZE, (limits["diskMiB"] + 1) * MIB),
            (resource.RLIMIT_NOFILE, PROGRAM_FILES),
            (resource.RLIMIT_CORE, 0),
        ):
            _, most = resource.prlimit(pid, kind)
            value = value if most == resource.RLIM_INFINITY else min(value, most)
            resource.prlimit(pid, kind, (value, value))

    def _message(self, token):
        job = self._job
        message = {key: job[key] for key in ("language", "source", "args", "context") if key in job}
        files = [file["path"] for file in job["files"]]
        return {**message, "token": token, "files": files, "env": {**base_environment(), **job["env"]}}

    def _heard(self):
        if self._started_at is not None:
            return
        started = self._report.said("started")
        if started is not None:
            self._started_at = started["at"]
            self._cpu_before_ms, self._rss_before_kb = started["cpuTimeMs"], started["maxRssKb"]
            self._emit({"started": True})

    def _emit_output(self, frame):
        if self._started_at is None:
            # Output can be seen before the word that it is the program's.
            self._report.read()
        self._emit(frame)

    def _check(self):
        limits = self._job["limits"]
        seen = self._processes.look()
        self._peak_bytes = max(self._peak_bytes, self._memory_bytes([rss for _, rss in seen]))
        if self._peak_bytes > limits["memoryMiB"] * MIB:
            self._stop("memoryMiB")
        elif self._started_at is not None:
            if (time.monotonic() - self._started_at) * 1000 > limits["wallTimeMs"]:
                self._stop("wallTimeMs")
            elif self._cpu_ms(sum(ticks for ticks, _ in seen)) > limits["cpuTimeMs"]:
                self._stop("cpuTimeMs")

    def _memory_bytes(self, resident):
        together = sum(max(0, rss - self._credit_bytes) for rss in resident)
        if len(resident) < 2 or self._guest_memory is None:
            return together
        # A sum counts what forks share once for each; the guest as a whole counts for a moment what was given back.
        return min(together, self._guest_memory.grown_bytes() + self._base_bytes)

    def _cpu_ms(self, live_ticks):
        used = live_ticks * 1000 / _TICKS_PER_SECOND + self._cpu_reaped_ms - self._cpu_before_ms
        if IS_GVISOR:
            # Its clock ticks for every process that could run: they can't have had more than there is.
            used = min(used, (time.monotonic() - self._started_at) * 1000 * (os.cpu_count() or 1))
        return max(0, round(used, 3))

    def _stop(self, limit):
        if self._limit is None:
            self._limit = limit
            kill(self._interpreter.pid)

    def _finish(self, status, usage):
        ended_at = time.monotonic()
        self._processes.close()
        sweep(self._loop.reap)
        self._report.close()
        self._streams.close()
        if self._started_at is None and self._is_stopped:
            self._on_end()
            return
        if self._started_at is None:
            raise RuntimeError(f"the interpreter ended before the program, with status {status}")
        # A peak between two looks; not one from the time before the program.
        if usage.ru_maxrss > self._rss_before_kb:
            self._peak_bytes = max(self._peak_bytes, usage.ru_maxrss * 1024 - self._credit_bytes)
        ending = self._ending(status)
        has_error = ending["kind"] == "signaled" or ending.get("exitCode", 0) != 0
        used = {
            "wallTimeMs": round((ended_at - self._started_at) * 1000, 3),
            "cpuTimeMs": self._cpu_ms(0),
            "peakMemoryMiB": round(self._peak_bytes / MIB, 1),
            "outputBytes": self._streams.output_bytes,
        }
        self._emit(
            {
                "report": {
                    "ending": ending,
                    "truncated": self._streams.truncated,
                    "error": self._error() if has_error else None,
                    "usage": used,
                    "artifacts": find_artifacts(self._job["artifacts"]),
                }
            }
        )
        self._on_end()

    def _limit_passed_at_the_end(self):
        limits = self._job["limits"]
        memory_bytes = limits["memoryMiB"] * MIB
        if self._peak_bytes > memory_bytes or self._leaves_more_than(memory_bytes):
            return "memoryMiB"
        return "cpuTimeMs" if self._cpu_ms(0) > limits["cpuTimeMs"] else None

    def _leaves_more_than(self, limit_bytes):
        """Memory without a process, such as System V segments, outlives the program; a busy host may see it too late."""
        if self._guest_memory is None:
            return False
        for _ in range(_RECLAIM_LOOKS):
            if self._guest_memory.grown_bytes() <= limit_bytes:
                return False
            time.sleep(_RECLAIM_PAUSE_SECONDS)
        return True

    def _error(self):
        error = valid_error(self._report.said("error"))
        if error is not None and error["line"] is None and self._interpreter.kind == "node":
            # Where an ES module does not parse, node only says on stderr.
            places = re.findall(rb"^file:///home/user/main\.mjs:(\d{1,9})$", self._streams.last_of_stderr, re.MULTILINE)
            error["line"] = int(places[-1]) if places else None
        return error

    def _ending(self, status):
        self._limit = self._limit or self._limit_passed_at_the_end()
        if self._limit is not None:
            return {"kind": "limited", "limit": self._limit}
        if os.WIFSIGNALED(status):
            return {"kind": "signaled", "signal": signal_name(os.WTERMSIG(status))}
        return {"kind": "exited", "exitCode": os.WEXITSTATUS(status)}


def signal_name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"SIGRTMIN+{number - signal.SIGRTMIN}"
