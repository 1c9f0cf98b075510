"""Reads a bank statement in Latin-1 with German numbers and dates, and prints a report."""
import csv
import io
from collections import defaultdict
from decimal import Decimal


def amount(text):
    """German notation: 1.234,56"""
    return Decimal(text.replace(".", "").replace(",", "."))


def read_statement(path):
    with open(path, "rb") as handle:
        text = handle.read().decode("latin-1")
    reader = csv.reader(io.StringIO(text), delimiter=";")
    header = [name.lower() for name in next(reader)]
    for cells in reader:
        row = dict(zip(header, cells))
        day, month, year = row["datum"].split(".")
        yield f"{year}-{month}-{day}", row["empfänger"], row["zweck"], amount(row["betrag"])


def bar(value, scale):
    return "█" * round(abs(value) / scale * 20)


entries = sorted(read_statement("kontoauszug.csv"))
balance = Decimal("1500.00")
print(f"{'Date':<11}{'Payee':<16}{'Amount':>11}{'Balance':>12}")
print("─" * 50)
for day, payee, purpose, value in entries:
    balance += value
    print(f"{day:<11}{payee[:15]:<16}{value:>+11,.2f}{balance:>12,.2f}")
print("─" * 50)

by_payee = defaultdict(Decimal)
for _, payee, _, value in entries:
    by_payee[payee] += value
scale = max(abs(value) for value in by_payee.values())
for payee, value in sorted(by_payee.items(), key=lambda item: item[1]):
    print(f"{payee:<18}{value:>10,.2f} {bar(value, scale)}".rstrip())

output = io.StringIO()
writer = csv.writer(output, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
writer.writerow(["date", "purpose"])
writer.writerows((day, purpose) for day, _, purpose, _ in entries)
print(output.getvalue(), end="")
