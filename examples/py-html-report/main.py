"""Parses an HTML table, converts it to Markdown and XML, and escapes what has to be escaped."""
import html
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from urllib.parse import parse_qs, quote, urlencode, urljoin, urlsplit

PAGE = """
<h1>Ferries &amp; trains</h1>
<table class="times">
  <tr><th>From</th><th>To</th><th>Fare</th></tr>
  <tr><td>Oslo</td><td><a href="/to?city=K%C3%B8ln&via=a&via=b">Köln</a></td><td>&euro;129</td></tr>
  <tr><td>Paris<br>Nord</td><td>Lille</td><td>&lt; &#36;30</td></tr>
  <tr><td colspan="2">Closed</td><td></td></tr>
</table>
"""


class TableParser(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.rows, self.links, self.cell = [], [], None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.cell = ""
            self.rows[-1].extend([""] * (int(attributes.get("colspan", 1)) - 1))
        elif tag == "br" and self.cell is not None:
            self.cell += " "
        elif tag == "a":
            self.links.append(attributes["href"])

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.rows[-1].append(self.cell.strip())
            self.cell = None


parser = TableParser()
parser.feed(PAGE)
header, *rows = parser.rows
widths = [max(map(len, column)) for column in zip(*parser.rows)]


def markdown(cells):
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths)) + " |"


print(markdown(header))
print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
for row in rows:
    print(markdown(row))

root = ElementTree.Element("routes", {"count": str(len(rows))})
for row in rows:
    route = ElementTree.SubElement(root, "route")
    for name, value in zip(header, row):
        if value:
            ElementTree.SubElement(route, name.lower()).text = value
ElementTree.indent(root)
text = ElementTree.tostring(root, encoding="unicode")
print(text)
print("fares:", [fare.text for fare in ElementTree.fromstring(text).iterfind("route[from='Oslo']/fare")])

url = urlsplit(urljoin("https://example.com/timetable/", parser.links[0]))
print(url.netloc, url.path, parse_qs(url.query))
print(urlencode({"q": "fish & chips", "page": 2}), quote("Zürich/Süd"))
print(html.escape('<b title="x">'), html.unescape("&frac12; &times; 4"))
