import math
from abc import ABC, abstractmethod
from enum import Enum, Flag, IntEnum, auto


class Unit(Enum):
    MILLIMETRE = 0.001
    CENTIMETRE = 0.01
    METRE = 1.0

    def to_metres(self, value):
        return value * self.value


class Access(Flag):
    READ = auto()
    WRITE = auto()
    SHARE = auto()
    OWNER = READ | WRITE | SHARE


class Priority(IntEnum):
    LOW = 1
    HIGH = 3


class Shape(ABC):
    registry = {}

    def __init_subclass__(cls, /, label, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.label = label
        Shape.registry[label] = cls

    @abstractmethod
    def area(self):
        """Square metres."""

    def describe(self):
        return f"{self.label} of {self.area():.3f} m²"

    def __lt__(self, other):
        if not isinstance(other, Shape):
            return NotImplemented
        return self.area() < other.area()


class Circle(Shape, label="circle"):
    def __init__(self, radius, unit=Unit.METRE):
        self.radius = unit.to_metres(radius)

    def area(self):
        return math.pi * self.radius**2


class Rectangle(Shape, label="rectangle"):
    def __init__(self, width, height, unit=Unit.METRE):
        self.width, self.height = unit.to_metres(width), unit.to_metres(height)

    def area(self):
        return self.width * self.height


class Square(Rectangle, label="square"):
    def __init__(self, side, unit=Unit.METRE):
        super().__init__(side, side, unit)

    def describe(self):
        return super().describe() + " (all sides equal)"


shapes = [Circle(40, Unit.CENTIMETRE), Rectangle(0.5, 1.25), Square(600, Unit.MILLIMETRE)]
for shape in sorted(shapes):
    print(shape.describe())
print("largest:", max(shapes).label)
print("method resolution:", " > ".join(cls.__name__ for cls in Square.__mro__))
print("registry:", sorted(Shape.registry))
print("square is a rectangle:", issubclass(Square, Rectangle), isinstance(shapes[2], Shape))

try:
    Shape()
except TypeError:
    print("Shape is abstract")
try:
    sorted([shapes[0], 3])
except TypeError:
    print("a shape and a number have no order")

granted = Access.READ | Access.WRITE
print("may write:", Access.WRITE in granted, "| may share:", bool(granted & Access.SHARE))
print("owner has both:", granted in Access.OWNER, (Access.OWNER & ~Access.WRITE) == (Access.READ | Access.SHARE))
print(Unit["METRE"].name, Unit(0.01).name, [unit.name for unit in Unit])
print("priorities:", sorted([Priority.HIGH, Priority.LOW])[0].name, Priority.HIGH + 1, Priority(3) > 2)
