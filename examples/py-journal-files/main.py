"""Writes, appends, reads back, copies, renames and removes files in the working directory."""
import json
import os
import shutil
import tempfile
from pathlib import Path

journal = Path("journal")
journal.mkdir()

entries = [
    ("2026-03-01", "Planted the beans."),
    ("2026-03-02", "Rain. Read about soil: pH 6.5 – 7.0 is best."),
    ("2026-03-05", "First sprouts 🌱"),
]
for day, text in entries:
    (journal / f"{day}.txt").write_text(text + "\n", encoding="utf-8")

with open(journal / "2026-03-05.txt", "a", encoding="utf-8") as handle:
    handle.write("Three of twelve.\n")
    handle.writelines(f"bean {number}: {number * 2} mm\n" for number in (1, 2, 3))

for path in sorted(journal.glob("*.txt")):
    lines = path.read_text(encoding="utf-8").splitlines()
    print(f"{path.name}: {path.stat().st_size} bytes, {len(lines)} lines, starts {lines[0][:12]!r}")

index = {path.stem: path.read_text(encoding="utf-8").split() for path in sorted(journal.iterdir())}
(journal / "index.json").write_text(json.dumps({day: len(words) for day, words in index.items()}))
print("index:", json.loads((journal / "index.json").read_text()))

with open("numbers.bin", "wb") as handle:
    handle.write(bytes(range(0, 256, 5)))
with open("numbers.bin", "rb") as handle:
    handle.seek(-4, os.SEEK_END)
    print("last bytes:", list(handle.read()), "at", handle.tell())
with open("numbers.bin", "r+b") as handle:
    handle.seek(1)
    handle.write(b"\xff")
    handle.truncate(3)
print("patched:", Path("numbers.bin").read_bytes().hex(" "))

shutil.copytree(journal, "backup")
os.rename("backup/index.json", "backup/contents.json")
os.remove("backup/2026-03-02.txt")
for folder, folders, files in os.walk("."):
    folders.sort()
    if folder != "." and "__pycache__" not in folder:
        print(folder, sorted(files))

with tempfile.TemporaryDirectory() as folder:
    scratch = Path(folder) / "scratch.txt"
    scratch.write_text("x" * 1000)
    print("scratch:", scratch.stat().st_size)
print("scratch is gone:", not scratch.exists())

try:
    open("missing.txt")
except FileNotFoundError as error:
    print(type(error).__name__, error.filename)

shutil.rmtree("backup")
print("left:", sorted(p.name for p in Path(".").iterdir() if p.suffix != ".py"))
