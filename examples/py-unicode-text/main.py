"""Text beyond ASCII: code points, normal forms, case folding, encodings, accents, scripts, emoji."""
import unicodedata

WORDS = ["naïve", "Straße", "ΣΊΣΥΦΟΣ", "école", "日本語", "привет", "İstanbul", "שלום", "👩‍🚀"]


def without_accents(text):
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def column(text, width):
    """Pads to a display width: wide East Asian characters take two cells."""
    cells = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * (width - cells)


print("word       points utf-8 utf-16  reversed")
for word in WORDS[:6]:
    print(f"{column(word, 10)} {len(word):>6} {len(word.encode()):>5} {len(word.encode('utf-16-le')):>6}  {word[::-1]}")

astronaut = WORDS[-1]
print("astronaut:", " + ".join(f"U+{ord(char):04X} {unicodedata.name(char)}" for char in astronaut))

composed, decomposed = "é", "e\u0301"
print("equal as is:", composed == decomposed, "| after NFC:", composed == unicodedata.normalize("NFC", decomposed))
print("case folding:", "STRASSE".casefold() == "straße".casefold(), "ß".upper(), "Ⅷ".lower(), "ǆ".title())
print("without accents:", without_accents("Crème brûlée à Zürich, señor"))
print("ligature and full width:", unicodedata.normalize("NFKC", "ﬁne ＡＢＣ ① ½"))
print("numeric:", unicodedata.numeric("½"), int("４２"), int("٣٤"), "²".isdigit(), "²".isdecimal())

data = "Grüße, 世界!".encode()
print("bytes:", data[:8], len(data))
print("cut badly:", data[:4].decode(errors="replace"), "|", data[:4].decode(errors="ignore"))
print("latin-1:", "Grüße".encode("latin-1").hex(), "| ascii:", "Grüße".encode("ascii", "xmlcharrefreplace").decode())
try:
    data.decode("ascii")
except UnicodeDecodeError as error:
    print("ascii:", error.reason, "at", error.start)

print("sorted by code point:", sorted(["zebra", "Äpfel", "apfel", "Zoo"]))
print("sorted for people:  ", sorted(["zebra", "Äpfel", "apfel", "Zoo"], key=lambda w: without_accents(w).casefold()))
print("categories:", {char: unicodedata.category(char) for char in "aA1 _€\n"})
print("translate:", "¿Qué? ¡Sí!".translate({ord("¿"): None, ord("¡"): None, ord("é"): "e", ord("í"): "i"}))
print("escapes:", "tab\there".expandtabs(8), "\N{SNOWMAN}", "\U0001F40D", ascii("ü😀"))
print("identifier:", "größe".isidentifier(), "2nd".isidentifier(), "π".isalpha())
