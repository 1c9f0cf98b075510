from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace


@dataclass(frozen=True, order=True)
class Sku:
    family: str
    number: int

    def __str__(self) -> str:
        return f"{self.family}-{self.number:04d}"


@dataclass
class StockItem:
    sku: Sku
    name: str
    quantity: int = 0
    reorder_level: int = 5
    tags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.quantity < 0:
            raise ValueError(f"{self.sku}: quantity can't be negative")

    @property
    def needs_reorder(self) -> bool:
        return self.quantity <= self.reorder_level


class Inventory:
    def __init__(self) -> None:
        self._items: dict[Sku, StockItem] = {}

    def add(self, item: StockItem) -> None:
        current = self._items.get(item.sku)
        if current is None:
            self._items[item.sku] = item
        else:
            self._items[item.sku] = replace(current, quantity=current.quantity + item.quantity)

    def remove(self, sku: Sku, quantity: int) -> None:
        item = self._items[sku]
        self._items[sku] = replace(item, quantity=item.quantity - quantity)

    def __iter__(self):
        return iter(sorted(self._items.values(), key=lambda item: item.sku))

    def __len__(self) -> int:
        return len(self._items)


inventory = Inventory()
lamp, chair, cable = Sku("LMP", 12), Sku("CHR", 3), Sku("CBL", 150)
inventory.add(StockItem(lamp, "Desk lamp", 8, tags=["light"]))
inventory.add(StockItem(chair, "Office chair", 2))
inventory.add(StockItem(cable, "Cable 2 m", 140, reorder_level=100))
inventory.add(StockItem(lamp, "Desk lamp", 4))
inventory.remove(cable, 41)

print(f"{len(inventory)} items")
for item in inventory:
    flag = "REORDER" if item.needs_reorder else "ok"
    print(f"{str(item.sku):<9} {item.name:<13} {item.quantity:>4}  {flag}")

try:
    inventory.remove(chair, 3)
except ValueError as error:
    print("refused:", error)

try:
    lamp.number = 13
except AttributeError as error:
    print(type(error).__name__, "-", error)

first = next(iter(inventory))
print(first)
print(asdict(first))
print(Sku("CBL", 150) == cable, Sku("CBL", 9) < cable, hash(Sku("A", 1)) == hash(Sku("A", 1)))
