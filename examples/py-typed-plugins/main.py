"""Typing at run time: protocols, generics, TypedDict, NamedTuple, overloads and a plug-in registry."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, Literal, NamedTuple, Protocol, TypedDict, TypeVar, get_type_hints, runtime_checkable

T = TypeVar("T")
Level = Literal["low", "high"]


class Ticket(TypedDict, total=False):
    title: str
    level: Level
    minutes: int


class Result(NamedTuple):
    handler: str
    text: str


@runtime_checkable
class Handler(Protocol):
    name: str

    def accepts(self, ticket: Ticket) -> bool: ...

    def handle(self, ticket: Ticket) -> Result: ...


class Stack(Generic[T]):
    def __init__(self) -> None:
        self._items: list[T] = []

    def push(self, item: T) -> Stack[T]:
        self._items.append(item)
        return self

    def pop(self, default: T | None = None) -> T | None:
        return self._items.pop() if self._items else default

    def __iter__(self) -> Iterator[T]:
        return reversed(self._items)


handlers: list[Handler] = []


def plugin(cls: type) -> type:
    instance = cls()
    if not isinstance(instance, Handler):
        raise TypeError(f"{cls.__name__} is not a handler")
    handlers.append(instance)
    return cls


@plugin
class Pager:
    name = "pager"

    def accepts(self, ticket: Ticket) -> bool:
        return ticket.get("level") == "high"

    def handle(self, ticket: Ticket) -> Result:
        return Result(self.name, f"woke somebody up for {ticket['title']!r}")


@plugin
class Mailer:
    name = "mailer"

    def accepts(self, ticket: Ticket) -> bool:
        return True

    def handle(self, ticket: Ticket) -> Result:
        return Result(self.name, f"queued {ticket['title']!r}, {ticket.get('minutes', 30)} min")


def dispatch(ticket: Ticket, log: Callable[[str], None] = print) -> Result:
    chosen = next(handler for handler in handlers if handler.accepts(ticket))
    result = chosen.handle(ticket)
    log(f"[{result.handler}] {result.text}")
    return result


dispatch({"title": "Server room on fire", "level": "high"})
dispatch({"title": "New keyboard", "level": "low", "minutes": 5})
name, _ = dispatch(Ticket(title="Odd noise"))

try:
    plugin(type("Broken", (), {"name": "broken"}))
except TypeError as error:
    print("refused:", error)

stack = Stack[int]().push(1).push(2).push(3)
print(list(stack), stack.pop(), stack.pop(), stack.pop(), stack.pop(-1))
print("hints of Ticket:", sorted(get_type_hints(Ticket)))
print("last handler:", name, "| Result fields:", Result._fields)
