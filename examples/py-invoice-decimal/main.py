"""Computes an invoice in exact decimal money: line discounts, two tax rates, banker-free rounding."""
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, getcontext, localcontext

CENT = Decimal("0.01")


def cents(amount):
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def split_evenly(total, parts):
    """Splits money so that the parts add up exactly; the first parts carry the odd cents."""
    base = (total / parts).quantize(CENT, rounding="ROUND_DOWN")
    odd = int((total - base * parts) / CENT)
    return [base + CENT if index < odd else base for index in range(parts)]


LINES = [
    # name, quantity, unit price, discount, tax rate
    ("Consulting, hours", "12.5", "95.00", "0", "0.20"),
    ("Printed handbook", "30", "7.35", "0.15", "0.05"),
    ("Workshop seat", "3", "249.99", "0.10", "0.20"),
]

print(f"{'Item':<20}{'Qty':>6}{'Price':>9}{'Disc':>6}{'Net':>11}")
print("-" * 52)
net_by_rate = {}
for name, quantity, price, discount, rate in LINES:
    net = cents(Decimal(quantity) * Decimal(price) * (1 - Decimal(discount)))
    net_by_rate[Decimal(rate)] = net_by_rate.get(Decimal(rate), Decimal(0)) + net
    print(f"{name:<20}{quantity:>6}{price:>9}{Decimal(discount):>6.0%}{net:>11,}")

subtotal = sum(net_by_rate.values())
print("-" * 52)
print(f"{'Subtotal':<41}{subtotal:>11,}")
total = subtotal
for rate, net in sorted(net_by_rate.items()):
    tax = cents(net * rate)
    total += tax
    print(f"{f'VAT {rate:.0%} on {net:,}':<41}{tax:>11,}")
print(f"{'Total':<41}{total:>11,}")

shares = split_evenly(total, 7)
print("\nSeven instalments:", ", ".join(str(share) for share in shares))
print("They add up:", sum(shares) == total)

print("\nWhy not float:", 0.1 + 0.2, "but", Decimal("0.1") + Decimal("0.2"))
print("Half up:", cents(Decimal("2.675")), "- float rounds to", round(2.675, 2))
with localcontext() as precise:
    precise.prec = 50
    print("1/7 to 50 digits:", Decimal(1) / Decimal(7))
print("default precision:", getcontext().prec)
try:
    Decimal("12,50")
except InvalidOperation:
    print("'12,50' is not a decimal number")
