"""Word, line and letter frequencies of the text on stdin, in the manner of wc and uniq -c."""
import re
import string
import sys
from collections import Counter

STOP_WORDS = frozenset("a an and are as at be but by for if in is it not of on or so that the then to was with".split())


def words_of(text):
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower())


def main():
    text = sys.stdin.read()
    words = words_of(text)
    print(f"{text.count(chr(10))} lines, {len(words)} words, {len(text)} characters")

    counts = Counter(word for word in words if word not in STOP_WORDS)
    print("\nMost frequent:")
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:6]:
        print(f"{count:>4}  {word}")

    lengths = Counter(map(len, words))
    print("\nWord lengths:")
    for length in range(1, max(lengths) + 1):
        print(f"{length:>4}  {'*' * lengths[length] or '-'}")

    letters = Counter(char for char in text.lower() if char in string.ascii_lowercase)
    missing = [letter for letter in string.ascii_lowercase if letter not in letters]
    top = ", ".join(f"{letter}={count}" for letter, count in sorted(letters.items(), key=lambda i: (-i[1], i[0]))[:5])
    print(f"\nLetters: {top}; missing: {''.join(missing) or 'none'}")

    longest = max(text.splitlines(), key=len)
    print(f"Longest line: {longest!r}")
    print("Words used once:", sum(1 for count in counts.values() if count == 1))


main()
