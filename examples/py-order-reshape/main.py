# Reshapes an order feed (variable `context`) into one record per customer, printed as JSON.
import json


def money(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def flatten(value, prefix=""):
    """Yields (dotted path, leaf) for every leaf of a JSON value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flatten(inner, f"{prefix}.{key}" if prefix else key)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from flatten(inner, f"{prefix}[{index}]")
    else:
        yield prefix, value


def by_customer(feed):
    customers = {}
    for order in feed["orders"]:
        customer = order["customer"]
        record = customers.setdefault(
            customer["id"],
            {"name": customer["name"], "email": customer.get("email"), "orders": 0, "totalCents": 0, "skus": set()},
        )
        record["orders"] += 1
        for line in order["lines"]:
            record["totalCents"] += line["quantity"] * line["priceCents"]
            record["skus"].add(line["sku"])
    return customers


customers = by_customer(context)
report = []
for customer_id, record in sorted(customers.items()):
    total = record.pop("totalCents")
    report.append({"id": customer_id, **record, "skus": sorted(record["skus"]), "total": money(total)})

print(json.dumps(report, indent=2, ensure_ascii=False))

print("---")
first = context["orders"][0]
for path, leaf in flatten(first):
    print(f"{path} = {json.dumps(leaf)}")

print("---")
without_email = [entry["name"] for entry in report if entry["email"] is None]
print("no e-mail:", ", ".join(without_email))
assert json.loads(json.dumps(report)) == report
