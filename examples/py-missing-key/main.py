"""Totals a shopping basket. The price list lacks an item, so the program ends in a KeyError."""
import json

PRICES = json.loads('{"apple": 0.4, "bread": 2.8, "cheese": 6.1}')

BASKETS = {
    "monday": ["apple", "apple", "bread"],
    "tuesday": ["cheese", "bread"],
    "wednesday": ["apple", "dates", "bread"],
    "thursday": ["apple"],
}


def price_of(item):
    return PRICES[item]


def total(basket):
    return sum(price_of(item) for item in basket)


def main():
    for day, basket in BASKETS.items():
        print(f"{day:<10}{total(basket):>6.2f}")


try:
    total(["unknown"])
except KeyError as error:
    print("known problem:", error.args)
finally:
    print("starting")

main()
