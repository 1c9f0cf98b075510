"""Lays out a newsletter with textwrap and string.Template: wrapped, indented, aligned, shortened."""
import textwrap
from string import Template

WIDTH = 56

ARTICLES = [
    {
        "title": "Reading week",
        "author": "Petra Lindqvist",
        "body": """
            The library stays open until midnight all week. Bring a cushion,
            because the third floor's chairs are being repaired; the repairs
            will be finished by Thursday.

            Tea is free after nine.
        """,
    },
    {
        "title": "A supercalifragilisticexpialidocious evening",
        "author": "T. Okafor",
        "body": """
            Songs, sketches and one very-long-hyphenated-word competition.
            Details: https://example.com/events/2026/a-very-long-address-that-cannot-be-broken
        """,
    },
]

FOOTER = Template("$organisation | issue $number | costs $$${price} | ${organisation} is $missing")


def paragraphs(body):
    return [" ".join(part.split()) for part in textwrap.dedent(body).strip().split("\n\n")]


def centre(text):
    return f" {text} ".center(WIDTH, "=")


print(centre("THE WEEKLY"))
for article in ARTICLES:
    print()
    print(textwrap.shorten(article["title"].upper(), width=34, placeholder="..."))
    print(f"{'by ' + article['author']:>{WIDTH}}")
    for text in paragraphs(article["body"]):
        print(
            textwrap.fill(
                text, WIDTH, initial_indent="   ", subsequent_indent=" ", break_long_words=False, break_on_hyphens=True
            )
        )

print()
print(centre("TO DO"))
for number, task in enumerate(["Buy paper for the printer on the second floor and tell Petra", "Rest"], start=1):
    bullet = f"{number:>2}. "
    print(textwrap.fill(task, 40, initial_indent=bullet, subsequent_indent=" " * len(bullet)))

print()
quote = "Simple is better than complex.\n\nReadability counts."
print(textwrap.indent(quote, "> "))
print(textwrap.indent(quote, "> ", predicate=lambda line: True))

print()
print(FOOTER.safe_substitute(organisation="Weekly Ltd", number=12, price="2.50"))
try:
    FOOTER.substitute(organisation="Weekly Ltd", number=12, price="2.50")
except KeyError as error:
    print("missing value:", error)

print("|{:<8}|{:^8}|{:>8}|".format("left", "middle", "right"))
print("|{0:*^12}|{1:+.2e}|{2:#010x}|{3:08.3f}|".format("stars", 12345.678, 255, 3.14159))
