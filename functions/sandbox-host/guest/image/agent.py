"""Pid 1 of a guest: starts processes and touches files for the host, which can do neither from outside.

    host ══ frames over stdin and stdout ══ agent (root) ──┬── processes of `root` and `user`
                                                           └── files, as the user that asks

A frame is a length, a header's length (both 4 bytes, big-endian), a JSON header and bytes. The host asks with
{"id", "op", ...} and gets {"id", ...} or {"id", "error"}; the agent tells of processes by {"output"} and {"ended"}.
One thread, one loop: a host that doesn't read stops the guest's output, never grows it.
"""

import ctypes
import errno
import json
import os
import select
import signal
import stat
import struct
import sys

sys.path.insert(0, "/usr/lib/cordon")
import run_program

CHUNK_BYTES = 65536
MOST_FRAME_BYTES = 2 * 1024 * 1024
MOST_ENTRIES = 10_000
MOST_PROCESSES = 64
USERS = {"root": (0, "/root"), "user": (1000, "/home/user")}
RUNNER_COMMAND = ["/bin/bash", "-l", "-c", "cordon-run"]
RUNNER_FOLDER = "/run/cordon"
DISK = "/run/disk"
# One disk for all that may be written: its folders stand where programs look for them.
DISK_FOLDERS = {"/home/user": 0o755, "/tmp": 0o1777, "/dev/shm": 0o1777}
MS_NOSUID, MS_NODEV, MS_BIND = 2, 4, 4096
CODES = {
    errno.ENOENT: "not_found",
    errno.ENOTDIR: "invalid_argument",
    errno.EISDIR: "invalid_argument",
    errno.EINVAL: "invalid_argument",
    errno.ENAMETOOLONG: "invalid_argument",
    errno.ELOOP: "invalid_argument",
    errno.EEXIST: "already_exists",
    errno.ENOTEMPTY: "already_exists",
    errno.EACCES: "permission_denied",
    errno.EPERM: "permission_denied",
    errno.EROFS: "permission_denied",
    errno.ENOSPC: "no_space",
    errno.EDQUOT: "no_space",
    errno.EFBIG: "no_space",
}


class Refused(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Process:
    def __init__(self, pid, stdin, outputs):
        self.pid, self.stdin, self.outputs = pid, stdin, outputs
        self.waiting = []
        self.closing = False


class AsUser:
    """File operations with a user's rights: a link leads no further than that user may go."""

    def __init__(self, name):
        self.uid = USERS[name][0]

    def __enter__(self):
        if self.uid:
            os.setegid(self.uid)
            os.seteuid(self.uid)

    def __exit__(self, *_):
        if self.uid:
            os.seteuid(0)
            os.setegid(0)


class Agent:
    def __init__(self, template, disk_mib):
        self.disk_mib = disk_mib
        mount_disk(disk_mib)
        self.processes = {}
        self.sources = {}
        self.sinks = {}
        self.writing = {}
        self.statuses = {}
        self.incoming = b""
        self.run = self.run_pid = None
        self.interpreter = run_program.warm_interpreter(template)

    # Frames

    def send(self, header, payload=b""):
        head = json.dumps(header).encode()
        write_all(1, struct.pack(">II", 4 + len(head) + len(payload), len(head)) + head + payload)

    def serve(self):
        os.set_blocking(0, False)
        wake, wake_writer = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(wake_writer, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake_writer, warn_on_full_buffer=False)
        self.send({"ready": True})
        while True:
            readable, writable = self.run.watched() if self.run else ([], [])
            pause = self.run.pause_seconds() if self.run else None
            ready, room, _ = select.select([0, wake, *self.sources, *readable], [*self.sinks, *writable], [], pause)
            if 0 in ready and not self.receive():
                return
            if wake in ready:
                drain(wake)
                self.reap()
            for fd in ready:
                if fd in self.sources:
                    self.forward(fd)
            for fd in room:
                if fd in self.sinks:
                    self.feed(self.sinks[fd])
            if self.run:
                self.step(ready, room)

    def step(self, ready, room):
        """The job's program, which the runner looks after in here: it costs no process of its own."""
        self.run.step(ready, room)
        if self.run.is_over():
            run, self.run = self.run, None
            run.finish()
            self.send({"ended": self.run_pid, "exitCode": 0})

    def receive(self):
        try:
            data = os.read(0, 1 << 20)
        except BlockingIOError:
            return True
        if not data:
            return False
        self.incoming += data
        while len(self.incoming) >= 8:
            size, head = struct.unpack_from(">II", self.incoming)
            if size > MOST_FRAME_BYTES or head + 4 > size:
                return False
            if len(self.incoming) < 4 + size:
                break
            frame, self.incoming = self.incoming[8 : 4 + size], self.incoming[4 + size :]
            self.handle(json.loads(frame[:head]), frame[head:])
        return True

    def handle(self, request, payload):
        try:
            answer = getattr(self, f"op_{request['op']}")(request, payload)
        except Refused as error:
            answer = {"error": {"code": error.code, "message": str(error)}}
        except OSError as error:
            code = CODES.get(error.errno, "internal")
            answer = {"error": {"code": code, "message": f"{request.get('path', '')}: {error.strerror}"}}
        except (UnicodeError, ValueError) as error:
            answer = {"error": {"code": "invalid_argument", "message": str(error)}}
        if answer is not None:
            self.send({"id": request["id"], **answer})

    # Processes

    def start_run(self, request):
        interpreter, self.interpreter = self.interpreter, None
        pid = self.run_pid = interpreter.pid
        self.send({"id": request["id"], "pid": pid})
        try:
            self.run = run_program.start_run(
                interpreter,
                lambda frame: self.send({"output": pid, "stream": "stdout"}, frame),
                lambda pid: self.statuses.pop(pid, None),
                self.fit_disk,
            )
        except Exception as error:
            self.send({"output": pid, "stream": "stderr"}, f"runner: {error!r}\n".encode())
            self.send({"ended": pid, "exitCode": 1})

    def fit_disk(self, limits):
        """The disk that the job is allowed, in place of the one that the guest waited with."""
        if limits["diskMiB"] != self.disk_mib:
            self.disk_mib = limits["diskMiB"]
            mount_disk(self.disk_mib)

    def op_start(self, request, _):
        if len(self.processes) >= MOST_PROCESSES:
            raise Refused("invalid_argument", f"more than {MOST_PROCESSES} processes")
        uid, home = USERS[request["user"]]
        command = [request["cmd"], *request["args"]]
        if self.interpreter and uid == 0 and command == RUNNER_COMMAND and not request["env"]:
            return self.start_run(request)
        cwd = os.path.join(home, request["cwd"] or "")
        environment = {**base_environment(request["user"]), **request["env"]}
        process = self.spawn(command, environment, cwd, uid)
        if not request["stdin"]:
            os.close(process.stdin)
            process.stdin = None
        else:
            os.set_blocking(process.stdin, False)
        self.processes[process.pid] = process
        self.send({"id": request["id"], "pid": process.pid})
        for name, fd in process.outputs.items():
            os.set_blocking(fd, False)
            self.sources[fd] = (process, name)

    def spawn(self, command, environment, cwd, uid):
        pipes = [os.pipe() for _ in range(3)]
        failed, failure = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                become(uid, pipes, cwd)
                os.execvpe(command[0], command, environment)
            except OSError as error:
                write_all(failure, json.dumps([error.errno, error.strerror]).encode())
            finally:
                os._exit(127)
        for fd in (pipes[0][0], pipes[1][1], pipes[2][1], failure):
            os.close(fd)
        problem = read_all(failed)
        os.close(failed)
        if problem:
            for fd in (pipes[0][1], pipes[1][0], pipes[2][0]):
                os.close(fd)
            os.waitpid(pid, 0)
            number, text = json.loads(problem)
            where = cwd if number in (errno.ENOENT, errno.ENOTDIR) and not os.path.isdir(cwd) else command[0]
            raise Refused("invalid_argument", f"can't start {where}: {text}")
        return Process(pid, pipes[0][1], {"stdout": pipes[1][0], "stderr": pipes[2][0]})

    def forward(self, fd):
        process, name = self.sources[fd]
        try:
            data = os.read(fd, CHUNK_BYTES)
        except BlockingIOError:
            return True
        if not data:
            self.close_output(process, name)
            return False
        self.send({"output": process.pid, "stream": name}, data)
        return len(data) == CHUNK_BYTES

    def close_output(self, process, name):
        fd = process.outputs.pop(name)
        del self.sources[fd]
        os.close(fd)

    def reap(self):
        """Tells of every process that is over. As pid 1 the agent inherits orphans, which it collects in silence."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            process = self.processes.pop(pid, None)
            if process is None:
                self.statuses[pid] = status
                continue
            # What it printed is in the pipes; what a descendant prints later is nobody's.
            for name, fd in list(process.outputs.items()):
                os.set_blocking(fd, False)
                while name in process.outputs and self.forward(fd):
                    pass
                if name in process.outputs:
                    self.close_output(process, name)
            self.close_input(process)
            code = os.waitstatus_to_exitcode(status)
            end = {"exitCode": code} if code >= 0 else {"signal": signal.Signals(-code).name}
            self.send({"ended": pid, **end})

    def find(self, request):
        process = self.processes.get(request["pid"])
        if process is None:
            raise Refused("not_found", f"process {request['pid']} not found")
        return process

    def op_input(self, request, payload):
        process = self.find(request)
        if process.stdin is None or process.closing:
            raise Refused("not_found", "nobody reads this input")
        process.waiting.append((request["id"], payload))
        self.feed(process)

    def feed(self, process):
        while process.stdin is not None and process.waiting:
            number, data = process.waiting[0]
            try:
                data = data[os.write(process.stdin, data) :] if data else data
            except BlockingIOError:
                self.sinks[process.stdin] = process
                return
            except OSError:
                data = b""
            if data:
                process.waiting[0] = (number, data)
            else:
                process.waiting.pop(0)
                self.send({"id": number})
        if process.closing:
            self.close_input(process)
        else:
            self.sinks.pop(process.stdin, None)

    def close_input(self, process):
        for number, _ in process.waiting:
            self.send({"id": number})
        process.waiting = []
        if process.stdin is None:
            return
        self.sinks.pop(process.stdin, None)
        os.close(process.stdin)
        process.stdin = None

    def op_closeInput(self, request, _):
        process = self.find(request)
        process.closing = True
        self.feed(process)
        return {}

    def op_signal(self, request, _):
        is_run = self.run and request["pid"] == self.run_pid
        # Its group as well: what it started in the foreground goes with it.
        os.killpg(self.run.interpreter.pid if is_run else self.find(request).pid, getattr(signal, request["signal"]))
        return {}

    # Files

    def resolve(self, request, key="path"):
        home = USERS[request["user"]][1]
        path = request[key]
        if "\0" in path:
            raise Refused("invalid_argument", "a path has no NUL")
        if path == "~" or path.startswith("~/"):
            path = path[2:]
        return os.path.normpath(os.path.join(home, path))

    def op_stat(self, request, _):
        path = self.resolve(request)
        with AsUser(request["user"]):
            return {"entry": entry_of(path)}

    def op_list(self, request, _):
        root = self.resolve(request)
        entries = []
        with AsUser(request["user"]):
            if not os.path.isdir(root):
                os.stat(root)
                raise Refused("invalid_argument", f"path is not a directory: {request['path']}")
            list_folder(root, max(1, request["depth"]), entries)
        return {"entries": entries}

    def op_makeDir(self, request, _):
        path = self.resolve(request)
        with AsUser(request["user"]):
            if os.path.lexists(path):
                code = "already_exists" if os.path.isdir(path) else "invalid_argument"
                raise Refused(code, f"path already exists: {request['path']}")
            os.makedirs(path)
            return {"entry": entry_of(path)}

    def op_remove(self, request, _):
        path = self.resolve(request)
        with AsUser(request["user"]):
            try:
                remove(path)
            except FileNotFoundError:
                pass
        return {}

    def op_move(self, request, _):
        source, target = self.resolve(request), self.resolve(request, "to")
        with AsUser(request["user"]):
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.rename(source, target)
            return {"entry": entry_of(target)}

    def op_read(self, request, _):
        """A file's bytes as frames of their own, between the answer with its size and an empty one."""
        with AsUser(request["user"]):
            # A pipe that nobody writes to must not hold up the agent.
            fd = os.open(self.resolve(request), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            status = os.fstat(fd)
            if not stat.S_ISREG(status.st_mode):
                raise Refused("invalid_argument", f"path is not a file: {request['path']}")
            self.send({"id": request["id"], "size": status.st_size})
            left = status.st_size
            while left > 0:
                data = os.read(fd, min(left, CHUNK_BYTES))
                if not data:
                    break
                left -= len(data)
                self.send({"chunk": request["id"]}, data)
            self.send({"chunk": request["id"], "missing": left})
        finally:
            os.close(fd)

    def op_write(self, request, payload):
        """Opens a file for the parts that follow, and takes the first; `last` closes it."""
        path = self.resolve(request)
        with AsUser(request["user"]):
            if request["user"] == "root" and path.startswith(RUNNER_FOLDER + "/"):
                os.makedirs(RUNNER_FOLDER, 0o700, exist_ok=True)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NONBLOCK | os.O_CLOEXEC
            fd = os.open(path, flags, 0o644)
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            os.close(fd)
            raise Refused("invalid_argument", f"path is not a file: {request['path']}")
        self.writing[request["file"]] = fd
        return self.op_part(request, payload)

    def op_part(self, request, payload):
        fd = self.writing.get(request["file"])
        if fd is None:
            raise Refused("invalid_argument", "no file is being written")
        done = request["last"]
        try:
            write_all(fd, payload)
        except OSError:
            done = True
            raise
        finally:
            if done:
                os.close(self.writing.pop(request["file"]))
        return {}


def mount_disk(mib):
    """A fresh, empty disk over the one before. Only before anything of a client runs."""
    os.makedirs(DISK, exist_ok=True)
    mount("tmpfs", DISK, "tmpfs", MS_NOSUID | MS_NODEV, f"size={mib}m,mode=0755")
    for number, (folder, mode) in enumerate(DISK_FOLDERS.items()):
        source = f"{DISK}/{number}"
        os.mkdir(source)
        os.chmod(source, mode)
        mount(source, folder, "", MS_BIND, "")
    os.chown(USERS["user"][1], USERS["user"][0], USERS["user"][0])


def mount(source, target, kind, flags, data):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(source.encode(), target.encode(), kind.encode(), flags, data.encode()) != 0:
        raise OSError(ctypes.get_errno(), f"can't mount {target}")


def base_environment(user):
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": USERS[user][1],
        "USER": user,
        "LOGNAME": user,
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def become(uid, pipes, cwd):
    """Makes the forked process the command's: its streams, its folder, its user."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for target, fd in enumerate((pipes[0][0], pipes[1][1], pipes[2][1])):
        os.dup2(fd, target)
    os.setsid()
    if uid:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    os.chdir(cwd)


def list_folder(folder, depth, entries):
    for name in sorted(os.listdir(folder)):
        if len(entries) >= MOST_ENTRIES:
            return
        path = os.path.join(folder, name)
        try:
            entry = entry_of(path)
        except OSError:
            continue
        entries.append(entry)
        if depth > 1 and entry["type"] == "directory" and entry["symlinkTarget"] is None:
            list_folder(path, depth - 1, entries)


def remove(path):
    if os.path.isdir(path) and not os.path.islink(path):
        for name in os.listdir(path):
            remove(os.path.join(path, name))
        os.rmdir(path)
    else:
        os.unlink(path)


def entry_of(path):
    status = os.lstat(path)
    target = None
    if stat.S_ISLNK(status.st_mode):
        target = os.path.realpath(path)
        try:
            status = os.stat(path)
        except OSError:
            pass
    kinds = ((stat.S_ISDIR, "directory"), (stat.S_ISREG, "file"), (stat.S_ISLNK, "symlink"))
    return {
        "name": printable(os.path.basename(path)),
        "path": printable(path),
        "type": next((kind for test, kind in kinds if test(status.st_mode)), "other"),
        "size": status.st_size,
        "mode": stat.S_IMODE(status.st_mode),
        "owner": name_of(status.st_uid),
        "group": name_of(status.st_gid),
        "modifiedMs": int(status.st_mtime * 1000),
        "symlinkTarget": target and printable(target),
    }


def name_of(uid):
    return next((name for name, (number, _) in USERS.items() if number == uid), str(uid))


def printable(path):
    return os.fsencode(path).decode("utf-8", "replace")


def drain(fd):
    try:
        while os.read(fd, CHUNK_BYTES):
            pass
    except BlockingIOError:
        pass


def write_all(fd, data):
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def read_all(fd):
    parts = []
    while part := os.read(fd, CHUNK_BYTES):
        parts.append(part)
    return b"".join(parts)


if __name__ == "__main__":
    os.umask(0o022)
    os.makedirs(RUNNER_FOLDER, 0o700, exist_ok=True)
    Agent(sys.argv[1], int(sys.argv[2])).serve()
