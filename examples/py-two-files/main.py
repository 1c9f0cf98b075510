"""The program's second file, readability.py, lies beside it and is imported like any module."""
import readability
from readability import TextStatistics, syllables

SAMPLES = {
    "plain": "The cat sat on the mat. The dog ran to the red door. It was a warm day.",
    "dense": (
        "Notwithstanding considerable organisational complexity, the administration "
        "unanimously endorsed comprehensive restructuring. Implementation commenced immediately."
    ),
    "mixed": "Read this slowly! Is the arithmetic complicated? Probably not, said the mathematician.",
}

print("module:", readability.__name__, "| this file:", __name__)
for word in ("cat", "readable", "organisation", "the", "queue", "mathematician"):
    print(f"  {word}: {syllables(word)}")

rows = []
for name, text in SAMPLES.items():
    statistics = TextStatistics.of(text)
    rows.append((statistics.reading_ease, name, statistics))

for ease, name, statistics in sorted(rows, reverse=True):
    print(
        f"{name:<6} sentences={statistics.sentences} words={statistics.words} "
        f"syllables={statistics.syllables} ease={ease:.1f} -> {readability.grade(ease)}"
    )

try:
    TextStatistics.of("...")
except ValueError as error:
    print("empty text:", error)
