"""Flesch reading ease of English text, with syllables counted by rule of thumb."""
import re
from dataclasses import dataclass

VOWELS = re.compile(r"[aeiouy]+")
GRADES = [(80, "easy"), (50, "fair"), (0, "difficult")]


def syllables(word):
    word = word.lower()
    count = len(VOWELS.findall(word))
    if word.endswith("e") and not word.endswith("le") and count > 1:
        count -= 1
    return max(1, count)


def grade(ease):
    return next((name for floor, name in GRADES if ease >= floor), "very difficult")


@dataclass(frozen=True)
class TextStatistics:
    sentences: int
    words: int
    syllables: int

    @classmethod
    def of(cls, text):
        words = re.findall(r"[A-Za-z]+", text)
        if not words:
            raise ValueError("no words")
        sentences = len(re.findall(r"[.!?]+", text)) or 1
        return cls(sentences, len(words), sum(map(syllables, words)))

    @property
    def reading_ease(self):
        return 206.835 - 1.015 * self.words / self.sentences - 84.6 * self.syllables / self.words
