"""Runs one program as an unprivileged user of the sandbox and reports what became of it.

    client ── job.json ──> runner (root) ── pipe ──> interpreter (user) ── stdout, stderr ──> runner ── frames ──> client

One file, Python's standard library only. In our own image the agent loads it, with the interpreter started ahead of the
job; on other images it is uploaded and started when the job is there. A program can't touch it: it runs as another user,
and its output reaches the client only inside the runner's frames (NDJSON):

    {"started":true}   {"stdout":"<base64>"}   {"stderr":"<base64>"}   {"report":{...}}
"""

import binascii
import errno
import fcntl
import json
import os
import re
import resource
import select
import signal
import stat
import sys
import time

JOB_PATH = "/run/cordon/job.json"
RUNNER_FILE = os.path.abspath(__file__)
IS_MEASURED_OUTSIDE = RUNNER_FILE.startswith("/usr/lib/cordon/")
USER_ID = 1000
HOME = "/home/user"
BASE_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "HOME": HOME,
    "USER": "user",
    "LOGNAME": "user",
    "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "MPLBACKEND": "Agg",
    "MPLCONFIGDIR": "/tmp/.matplotlib",
}
MAIN_FILES = {"python": "main.py", "bash": "main.sh"}
# What programs import most: loaded ahead of the job, so that a warm interpreter finds it there.
USUAL_MODULES = "json re math datetime collections itertools functools random string io heapq bisect"
DATA_MODULES = "numpy pandas matplotlib matplotlib.pyplot"
# The interpreter's descriptors besides 0 to 2: notes go to the runner, the job comes from it.
NOTES, JOB = 3, 4

MEBIBYTE = 1024 * 1024
CHUNK_BYTES = 65536
# Often enough that a program which allocates a GiB a second is caught within some MiB; rare enough to cost nothing.
POLL_SECONDS = 0.025
START_SECONDS = 20
OPEN_FILES = 256
MESSAGE_LIMIT = 10_000
NOTES_LIMIT = 65_536
ARTIFACT_BYTES = 10_000_000
ARTIFACTS_AT_MOST = 100
ENTRIES_AT_MOST = 20_000

# Runs inside node, ahead of the program. `uncaughtExceptionMonitor` sees an error without changing what node does.
NODE_PRELUDE = r"""
const fs = require('fs');
const note = (value) => { try { fs.writeSync(3, JSON.stringify(value) + '\n'); } catch {} };
// What every program needs, loaded while nobody waits.
void [process.stdout, process.stderr, console.log, require('module'), require('path'), require('util'), require('vm'), require('url')];
note({ ready: true });
const parts = [];
for (let part = Buffer.alloc(65536), n; (n = fs.readSync(4, part)) > 0; part = Buffer.alloc(65536)) parts.push(part.subarray(0, n));
fs.closeSync(4);
const job = JSON.parse(Buffer.concat(parts).toString());
process.chdir(job.home);
for (const name of Object.keys(process.env)) delete process.env[name];
Object.assign(process.env, job.env);
process.argv.splice(1, process.argv.length, job.home + '/' + job.main, ...job.args);
process.execArgv.length = 0;
if ('context' in job) globalThis.context = job.context;
const lineOf = (text) => { const line = parseInt(text.split('/' + job.main + ':')[1] ?? '', 10); return line > 0 ? line : null; };
process.on('uncaughtExceptionMonitor', (error) => {
  const described = { type: typeof error, message: String(error), line: null };
  try {
    if (error !== null && typeof error === 'object') {
      described.type = String(error.name ?? error.constructor?.name ?? 'Object');
      described.message = String(error.message ?? '');
      described.line = lineOf(String(error.stack));
    }
  } catch {}
  note({ error: { type: described.type.slice(0, 1000), message: described.message.slice(0, 10000), line: described.line } });
});
note({ started: true });
require('module').runMain();
"""


def main():
    if sys.argv[1:2] == ["--interpreter"]:
        interpret(sys.argv[2:])
    os.umask(0o022)
    run = start_run(None, lambda frame: write_all(1, frame), reap)
    while not run.is_over():
        ready, room, _ = select.select(*run.watched(), [], run.pause_seconds())
        run.step(ready, room)
    run.finish()


def warm_interpreter(template):
    """The interpreter of one of our templates, up and waiting."""
    language = "python" if template.startswith("python") else template
    modules = USUAL_MODULES if language == "python" else ""
    data = DATA_MODULES if template == "python-data" else ""
    interpreter = Interpreter(language, f"{modules} {data}".split())
    interpreter.wait_for("ready", time.monotonic() + START_SECONDS)
    return interpreter


def start_run(interpreter, send, status_of, prepare=lambda limits: None):
    """Takes the job that lies in the sandbox and starts it, in the waiting interpreter if that is the right one."""
    job = take_job()
    prepare(job["limits"])
    place_files(job)
    if interpreter is None or interpreter.language != job["language"] or not interpreter.accept(job["limits"]):
        interpreter = Interpreter(job["language"], [], job["limits"])
    run = Run(interpreter, job, send, status_of)
    interpreter.give(job)
    run.begin()
    return run


def take_job():
    with open(JOB_PATH, "rb") as file:
        job = json.load(file)
    os.unlink(JOB_PATH)
    job["env"] = {**BASE_ENVIRONMENT, **job["env"]}
    job["home"] = HOME
    job["main"] = MAIN_FILES.get(job["language"]) or node_main(job)
    return job


# An ES module by its syntax: node tells by the name alone.
MODULE_SYNTAX = re.compile(
    r"""(?:^|[\n;}])\s*(?:import\s*(?:[\w$*{"']|\(?\s*\.)|export\s*(?:[{*]|default\b|const\b|let\b|var\b|function\b|async\b|class\b))"""
)
TOP_LEVEL_AWAIT = re.compile(r"^(?:(?:const|let|var)\s[^\n]*=\s*)?(?:await\b|for\s+await\b)", re.M)


def node_main(job):
    source = job["source"]
    return "main.mjs" if MODULE_SYNTAX.search(source) or TOP_LEVEL_AWAIT.search(source) else "main.js"


def place_files(job):
    """The program's files, made by its user: one that can't be placed for lack of space is missing, like on a full disk."""
    with AsUser():
        files = [{"path": job["main"], "content": job["source"], "encoding": "utf8"}, *job["files"]]
        for file in files:
            path = os.path.join(HOME, file["path"])
            content = file["content"]
            data = binascii.a2b_base64(content) if file["encoding"] == "base64" else content.encode()
            try:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as target:
                    target.write(data)
            except OSError as error:
                if error.errno not in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
                    raise


class AsUser:
    """Acts as the program's user for file operations: whatever path it has prepared leads no further than it may go."""

    def __enter__(self):
        os.setgroups([])
        os.setegid(USER_ID)
        os.seteuid(USER_ID)

    def __exit__(self, *_):
        os.seteuid(0)
        os.setegid(0)


class Interpreter:
    """A process of the program's user that waits for its program, with the interpreter up."""

    def __init__(self, language, modules, limits=None):
        self.language = language
        pipes = [os.pipe() for _ in range(5)]
        inner = [pipes[0][0], pipes[1][1], pipes[2][1], pipes[3][1], pipes[4][0]]
        self.stdin, self.stdout, self.stderr, self.notes, self.job = (
            pipes[0][1], pipes[1][0], pipes[2][0], pipes[3][0], pipes[4][1],
        )  # fmt: skip
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self._become(inner, modules, limits)
            except BaseException as error:
                write_all(2, f"runner: {error!r}\n".encode())
            finally:
                os._exit(127)
        for end in inner:
            os.close(end)
        self.error = None
        self.is_listening = True
        self._heard = b""

    def _become(self, inner, modules, limits):
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        high = [fcntl.fcntl(fd, fcntl.F_DUPFD, 100) for fd in inner]
        for target, fd in enumerate(high):
            os.dup2(fd, target)
        os.closerange(5, 1024)
        os.setsid()
        if limits is not None:
            limit(0, limits)
        if self.language == "python":
            # A process of its own from the start: a fork's memory would be copied page by page when it is used.
            os.execve(sys.executable, ["python3", "-I", RUNNER_FILE, "--interpreter", *modules], BASE_ENVIRONMENT)
        become_user()
        if self.language == "javascript":
            os.execve("/usr/bin/env", ["env", "node", "-e", NODE_PRELUDE], BASE_ENVIRONMENT)
        note({"ready": True})
        job = take_over()
        note({"started": True})
        os.set_inheritable(NOTES, False)
        os.execve("/bin/bash", ["bash", job["main"], *job["args"]], job["env"])

    def accept(self, limits):
        """Puts the job's limits on the waiting process; whether it could."""
        try:
            limit(self.pid, limits)
            return True
        except PermissionError:
            return False

    def give(self, job):
        needed = {name: job[name] for name in ("args", "env", "home", "main", "context", "source") if name in job}
        write_all(self.job, json.dumps(needed).encode())
        os.close(self.job)

    def wait_for(self, word, deadline):
        """Until the interpreter says so; it has run nothing of the program yet, so a failure is ours."""
        while not self.listen(word):
            ready, _, _ = select.select([self.notes], [], [], max(0, deadline - time.monotonic()))
            if not ready or not self.is_listening:
                raise RuntimeError(f"the interpreter is not {word}")

    def listen(self, word):
        """Takes the notes that are there; whether `word` is one of them. Notes are the program's as well: any bytes."""
        found = False
        if self.is_listening and select.select([self.notes], [], [], 0)[0]:
            data = os.read(self.notes, CHUNK_BYTES)
            self.is_listening = data != b""
            self._heard = (self._heard + data)[-NOTES_LIMIT:]
            *lines, self._heard = self._heard.split(b"\n")
            for line in lines:
                value = parse_note(line)
                found = found or value.get(word) is True
                self.error = read_error(value.get("error")) or self.error
        return found


def limit(pid, limits):
    for kind, value in (
        (resource.RLIMIT_NPROC, limits["processes"]),
        (resource.RLIMIT_FSIZE, limits["diskMiB"] * MEBIBYTE),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.prlimit(pid, kind, (value, value))


def parse_note(line):
    try:
        value = json.loads(line)
        return value if isinstance(value, dict) else {}
    except ValueError:
        return {}


def read_error(value):
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        return None
    line = value.get("line")
    return {
        "type": value["type"][:1000],
        "message": str(value.get("message", ""))[:MESSAGE_LIMIT],
        "line": line if type(line) is int and 0 < line < 10**9 else None,
    }


def take_over():
    """In the interpreter: waits for the job, then stands where the program expects to be."""
    job = json.loads(read_all(JOB))
    os.close(JOB)
    os.chdir(HOME)
    return job


def become_user():
    os.setgroups([])
    os.setresgid(USER_ID, USER_ID, USER_ID)
    os.setresuid(USER_ID, USER_ID, USER_ID)


class Run:
    """
    One program from its first instruction to the death of its last process. Whoever drives it waits on `watched` for
    `pause_seconds`, then calls `step`, until it `is_over`. `status_of` answers a dead process's wait status, or null.
    """

    def __init__(self, interpreter, job, send, status_of):
        self.interpreter, self.limits, self.artifacts = interpreter, job["limits"], job["artifacts"]
        self.stdin = job["stdin"].encode()
        self.send, self.status_of = send, status_of
        self.printed = 0
        self.truncated = {"stdout": False, "stderr": False}
        self.exceeded = None
        self.status = None
        self.peak_bytes = 0
        self.most_cpu_seconds = 0
        self.streams = {interpreter.stdout: "stdout", interpreter.stderr: "stderr"}
        os.set_blocking(interpreter.stdin, False)
        self.cpu_before = cpu_seconds_of(interpreter.pid) + cpu_seconds_of_children()

    def begin(self):
        self.interpreter.wait_for("started", time.monotonic() + START_SECONDS)
        self.started = time.monotonic()
        self.next_look = self.started + POLL_SECONDS
        self.emit({"started": True})

    def emit(self, frame):
        self.send(json.dumps(frame).encode() + b"\n")

    def is_over(self):
        return self.status is not None or self.exceeded is not None

    def watched(self):
        interpreter = self.interpreter
        notes = [interpreter.notes] if interpreter.is_listening else []
        return [*self.streams, *notes], [] if interpreter.stdin is None else [interpreter.stdin]

    def pause_seconds(self):
        now = time.monotonic()
        wall_end = self.started + self.limits["wallTimeMs"] / 1000
        # Without a pipe that tells of its end, a process that closed them all is looked after more often.
        longest = POLL_SECONDS if self.streams else 0.001
        return max(0, min(wall_end - now, self.next_look - now, longest))

    def step(self, ready, room):
        interpreter = self.interpreter
        for fd in ready:
            if fd in self.streams:
                self.read(fd)
            elif fd == interpreter.notes:
                interpreter.listen("")
        if interpreter.stdin is not None and interpreter.stdin in room:
            self.feed()
        now = time.monotonic()
        if now >= self.started + self.limits["wallTimeMs"] / 1000:
            self.exceed("wallTimeMs")
        elif now >= self.next_look:
            self.look()
            self.next_look = time.monotonic() + POLL_SECONDS
        self.status = self.status_of(interpreter.pid)

    def finish(self):
        wall_ms = (time.monotonic() - self.started) * 1000
        kill_user()
        self.status = self.status if self.status is not None else self.status_of(self.interpreter.pid)
        if self.status is None:
            self.status = os.waitpid(self.interpreter.pid, 0)[1]
        self.drain()
        self.interpreter.listen("")
        self.emit({"report": {**self.report(wall_ms), "artifacts": list_artifacts(self.artifacts)}})

    def feed(self):
        try:
            self.stdin = self.stdin[os.write(self.interpreter.stdin, self.stdin[:CHUNK_BYTES]) :] if self.stdin else b""
        except BlockingIOError:
            return
        except OSError:
            self.stdin = b""
        if not self.stdin:
            os.close(self.interpreter.stdin)
            self.interpreter.stdin = None

    def read(self, fd):
        data = os.read(fd, CHUNK_BYTES)
        name = self.streams[fd]
        if data == b"":
            del self.streams[fd]
            return False
        allowed = data[: max(0, self.limits["outputBytes"] - self.printed)]
        if allowed:
            self.printed += len(allowed)
            self.emit({name: binascii.b2a_base64(allowed, newline=False).decode()})
        if len(allowed) < len(data):
            self.truncated[name] = True
            self.exceed("outputBytes")
        return True

    def drain(self):
        """What was printed before the end is still in the pipes; nobody writes to them any more."""
        for fd in list(self.streams):
            os.set_blocking(fd, False)
            try:
                while self.read(fd):
                    pass
            except BlockingIOError:
                pass

    def look(self):
        ticked, memory = look_at_user()
        self.peak_bytes = max(self.peak_bytes, memory)
        self.most_cpu_seconds = self.cpu_seconds(ticked, time.monotonic() - self.started)
        if memory > self.limits["memoryMiB"] * MEBIBYTE:
            self.exceed("memoryMiB")
        elif self.most_cpu_seconds * 1000 > self.limits["cpuTimeMs"]:
            self.exceed("cpuTimeMs")

    def cpu_seconds(self, ticked, wall_seconds):
        """gVisor's clock ticks for every process that could run: it can't have had more than there is."""
        return max(0, min(ticked - self.cpu_before, wall_seconds * (os.cpu_count() or 1)))

    def exceed(self, limit):
        self.exceeded = self.exceeded or limit

    def report(self, wall_ms):
        # The last look saw processes that are nobody's children any more.
        cpu_seconds = max(self.most_cpu_seconds, self.cpu_seconds(cpu_seconds_of_children(), wall_ms / 1000))
        code = os.waitstatus_to_exitcode(self.status)
        if self.exceeded is not None:
            ending = {"kind": "limited", "limit": self.exceeded}
        elif code < 0:
            ending = {"kind": "signaled", "signal": signal.Signals(-code).name}
        else:
            ending = {"kind": "exited", "exitCode": code}
        return {
            "ending": ending,
            "truncated": self.truncated,
            "error": self.interpreter.error if ending["kind"] == "exited" and code != 0 else None,
            "usage": {
                "wallTimeMs": round(wall_ms, 3),
                "cpuTimeMs": round(cpu_seconds * 1000, 3),
                "peakMemoryMiB": round(max(self.peak_bytes, peak_of_children()) / MEBIBYTE, 1),
                "outputBytes": self.printed,
            },
        }


def reap(pid):
    done, status = os.waitpid(pid, os.WNOHANG)
    return status if done else None


def cpu_seconds_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak_of_children():
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def user_processes():
    """The live processes of the program's user."""
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                if os.stat(f"/proc/{name}").st_uid == USER_ID:
                    yield int(name)
            except OSError:
                pass


def stat_fields(pid):
    """Those of proc(5) from the state on; null for a process that is gone or a zombie."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rsplit(b")", 1)[1].split()
    except (OSError, IndexError):
        return None
    return None if fields[0] in (b"Z", b"X") else fields


TICKS = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = resource.getpagesize()


def cpu_seconds_of(pid):
    fields = stat_fields(pid)
    return sum(map(int, fields[11:15])) / TICKS if fields else 0


def look_at_user():
    """CPU seconds of the user's processes, with what their dead children used, and the bytes they hold in memory."""
    fields = [found for pid in user_processes() if (found := stat_fields(pid))]
    resident = [int(found[21]) * PAGE_BYTES for found in fields]
    # A sum counts what forks share once for each. Where the host of our image measures the whole sandbox, exactly,
    # this only has to name the culprit in time.
    memory = max(resident, default=0) if IS_MEASURED_OUTSIDE else sum(resident)
    return sum(sum(map(int, found[11:15])) for found in fields) / TICKS, memory


def kill_user():
    """No process of the user is left afterwards. One signal to all at once, so that none escapes by forking."""
    while any(stat_fields(pid) for pid in user_processes()):
        killer = os.fork()
        if killer == 0:
            try:
                os.setresuid(USER_ID, USER_ID, USER_ID)
                os.kill(-1, signal.SIGKILL)
            finally:
                os._exit(0)
        os.waitpid(killer, 0)
        time.sleep(0.001)


def list_artifacts(globs):
    """Regular files that match, sorted by path: no links, no devices, nothing behind a link."""
    if not globs:
        return []
    patterns = [re.compile(translate(glob)) for glob in globs]
    found = []
    with AsUser():
        for path, size in walk("", [0]):
            if size <= ARTIFACT_BYTES and any(pattern.fullmatch(path) for pattern in patterns):
                found.append({"path": path, "bytes": size})
    return sorted(found, key=lambda file: file["path"])[:ARTIFACTS_AT_MOST]


def walk(folder, seen):
    try:
        entries = sorted(os.scandir(os.path.join(HOME, folder)), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        seen[0] += 1
        if seen[0] > ENTRIES_AT_MOST:
            return
        path = folder + entry.name
        try:
            path.encode()
            status = entry.stat(follow_symlinks=False)
        except (OSError, UnicodeEncodeError):
            continue
        if stat.S_ISDIR(status.st_mode):
            yield from walk(path + "/", seen)
        elif stat.S_ISREG(status.st_mode):
            yield path, status.st_size


def translate(glob):
    """A glob as a pattern: `*` and `?` stay within a folder, `**` goes through folders."""
    parts = []
    for token in re.findall(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]]*\]|.", glob, re.S):
        if token == "**/":
            parts.append("(?:.*/)?")
        elif token in ("**", "*", "?"):
            parts.append({"**": ".*", "*": "[^/]*", "?": "[^/]"}[token])
        elif len(token) > 1:
            inner = token[1:-1].replace("\\", "\\\\")
            parts.append("[" + ("^" + inner[1:] if inner.startswith("!") else inner) + "]")
        else:
            parts.append(re.escape(token))
    return "".join(parts)


def interpret(modules):
    """The process that the program becomes, ready ahead of it. Nothing of it is the runner's any more."""
    import gc

    become_user()
    sys.dont_write_bytecode = True
    for name in modules:
        try:
            __import__(name)
        except ImportError:
            pass
    gc.collect()
    gc.freeze()
    note({"ready": True})
    run_python(take_over())


def run_python(job):
    """Runs the program in this process as `python3 main.py` would, and ends the process."""
    import atexit
    import linecache
    import threading
    import types

    signal.signal(signal.SIGINT, signal.default_int_handler)
    home, name = job["home"], job["main"]
    sys.argv = [name, *job["args"]]
    os.environ.clear()
    os.environ.update(job["env"])
    sys.path[0:0] = [home]
    sys.stdout.reconfigure(line_buffering=True)
    # What was loaded ahead was seeded ahead.
    if "random" in sys.modules:
        sys.modules["random"].seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    module = types.ModuleType("__main__")
    module.__file__ = f"{home}/{name}"
    module.__builtins__ = __builtins__
    if "context" in job:
        module.context = job["context"]
    sys.modules["__main__"] = module
    source = job["source"].removeprefix("\ufeff") if hasattr(str, "removeprefix") else job["source"].lstrip("\ufeff")
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    note({"started": True})
    code = 0
    try:
        exec(compile(source, name, "exec", dont_inherit=True), module.__dict__)
    except SystemExit as exit:
        code = exit_code_of(exit)
    except BaseException as error:
        code = 1
        note({"error": describe(error, name)})
        print_exception(error)
        if isinstance(error, KeyboardInterrupt):
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGINT)
    for last in (threading._shutdown, atexit._run_exitfuncs):
        try:
            last()
        except BaseException:
            sys.excepthook(*sys.exc_info())
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            code = code or 120
    os._exit(code & 0xFF)


def exit_code_of(exit):
    if exit.code is None:
        return 0
    if isinstance(exit.code, int):
        return int(exit.code)
    print(exit.code, file=sys.stderr)
    return 1


def describe(error, name):
    kind = type(error)
    module = "" if kind.__module__ in ("__main__", "builtins") else f"{kind.__module__}."
    try:
        message = str(error)[:MESSAGE_LIMIT]
    except BaseException:
        message = "<exception str() failed>"
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == name else None
    trace = error.__traceback__
    while trace is not None and line is None or trace is not None and not isinstance(error, SyntaxError):
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return {"type": f"{module}{kind.__qualname__}"[:1000], "message": message, "line": line}


def print_exception(error):
    """As the interpreter does at the top, without the frames that are this file's."""
    error.__traceback__ = error.__traceback__ and error.__traceback__.tb_next
    try:
        sys.excepthook(type(error), error, error.__traceback__)
    except BaseException:
        sys.__excepthook__(type(error), error, error.__traceback__)


def note(value):
    """To the runner, from the process that becomes the program."""
    try:
        write_all(NOTES, json.dumps(value).encode() + b"\n")
    except OSError:
        pass


def write_all(fd, data):
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def read_all(fd):
    parts = []
    while True:
        part = os.read(fd, CHUNK_BYTES)
        if not part:
            return b"".join(parts)
        parts.append(part)


if __name__ == "__main__":
    main()
