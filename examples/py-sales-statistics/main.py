"""Summarises a CSV export of sales: totals per region, spread of order values, best month."""

import csv
import statistics
from collections import defaultdict
from pathlib import Path


def load_orders(path):
    with open(path, newline="", encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            yield {
                "date": row["date"],
                "region": row["region"].strip().title(),
                "product": row["product"],
                "quantity": int(row["quantity"]),
                "unit_price": float(row["unit_price"]),
            }


def value_of(order):
    return order["quantity"] * order["unit_price"]


def totals_by(orders, key):
    totals = defaultdict(float)
    for order in orders:
        totals[key(order)] += value_of(order)
    return dict(sorted(totals.items(), key=lambda item: (-item[1], item[0])))


def main():
    orders = list(load_orders(Path("sales.csv")))
    values = [value_of(order) for order in orders]

    print(f"Orders: {len(orders)}, revenue: {sum(values):,.2f}")
    print()
    print("Revenue by region")
    for region, total in totals_by(orders, lambda order: order["region"]).items():
        share = total / sum(values)
        print(f"  {region:<8}{total:>12,.2f}{share:>8.1%}")

    print()
    print("Order values")
    print(f"  mean     {statistics.mean(values):>10.2f}")
    print(f"  median   {statistics.median(values):>10.2f}")
    print(f"  stdev    {statistics.stdev(values):>10.2f}")
    quartiles = statistics.quantiles(values, n=4)
    print("  quartiles " + ", ".join(f"{quartile:.2f}" for quartile in quartiles))

    months = totals_by(orders, lambda order: order["date"][:7])
    best, total = next(iter(months.items()))
    print()
    print(f"Best month: {best} with {total:,.2f}")

    quoted = [order["product"] for order in orders if "," in order["product"]]
    print(f"Products with a comma in the name: {quoted}")


if __name__ == "__main__":
    main()
