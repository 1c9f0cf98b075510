"""Context managers: transactions that roll back, exit stacks, captured output, suppressed errors."""
import contextlib
import io
import os


class Transaction:
    """Applies changes to a dict only if the block ends without an exception."""

    def __init__(self, store):
        self.store = store

    def __enter__(self):
        self.draft = dict(self.store)
        return self.draft

    def __exit__(self, exc_type, exc, traceback):
        if exc_type is None:
            self.store.clear()
            self.store.update(self.draft)
            print("committed")
        else:
            print(f"rolled back: {exc_type.__name__}")
        return False


@contextlib.contextmanager
def section(title):
    print(f"<{title}>")
    try:
        yield title.upper()
    finally:
        print(f"</{title}>")


@contextlib.contextmanager
def working_directory(path):
    before = os.getcwd()
    os.makedirs(path, exist_ok=True)
    os.chdir(path)
    try:
        yield
    finally:
        os.chdir(before)


accounts = {"alice": 100, "bob": 20}
with Transaction(accounts) as draft:
    draft["alice"] -= 30
    draft["bob"] += 30
print(accounts)

try:
    with Transaction(accounts) as draft:
        draft["bob"] -= 500
        if draft["bob"] < 0:
            raise ValueError("overdrawn")
except ValueError as error:
    print(accounts, "-", error)

with section("outer") as outer, section("inner") as inner:
    print(outer, inner)

with contextlib.ExitStack() as stack:
    for name in ("first", "second", "third"):
        stack.callback(print, "closing", name)
    print("opened three")

captured = io.StringIO()
with contextlib.redirect_stdout(captured):
    print("nobody sees this")
print("captured:", repr(captured.getvalue()))

with contextlib.suppress(KeyError, ZeroDivisionError):
    accounts["carol"] += 1
    print("never reached")

here = os.getcwd()
with working_directory("reports/2026"):
    with open("march.txt", "w") as handle:
        handle.write("all quiet\n")
print("back where we were:", os.getcwd() == here, "| file exists:", os.path.exists("reports/2026/march.txt"))

with contextlib.closing(io.StringIO("a\nb\n")) as lines:
    print([line.strip() for line in lines], end=" ")
print("closed:", lines.closed)
