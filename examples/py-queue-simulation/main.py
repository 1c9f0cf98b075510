"""A seeded discrete-event simulation: customers arrive at a bank with two counters."""
import heapq
import random
from dataclasses import dataclass, field


@dataclass(order=True)
class Event:
    time: float
    order: int
    kind: str = field(compare=False)
    customer: int = field(compare=False)


class Bank:
    def __init__(self, counters, generator):
        self.free = counters
        self.random = generator
        self.events, self.waiting = [], []
        self.arrived, self.waits = {}, []
        self.sequence = 0

    def schedule(self, time, kind, customer):
        self.sequence += 1
        heapq.heappush(self.events, Event(time, self.sequence, kind, customer))

    def start_service(self, time, customer):
        self.free -= 1
        self.waits.append(time - self.arrived[customer])
        self.schedule(time + 2 + 6 * self.random.random(), "leave", customer)

    def run(self, customers):
        time = 0.0
        for customer in range(customers):
            time += 5 * self.random.random()
            self.schedule(time, "arrive", customer)
        longest_queue = 0
        while self.events:
            event = heapq.heappop(self.events)
            if event.kind == "arrive":
                self.arrived[event.customer] = event.time
                if self.free:
                    self.start_service(event.time, event.customer)
                else:
                    self.waiting.append(event.customer)
                    longest_queue = max(longest_queue, len(self.waiting))
            else:
                self.free += 1
                if self.waiting:
                    self.start_service(event.time, self.waiting.pop(0))
        return event.time, longest_queue


for counters in (1, 2, 3):
    bank = Bank(counters, random.Random(2026))
    end, longest = bank.run(500)
    mean = sum(bank.waits) / len(bank.waits)
    print(f"{counters} counters: closed at {end:.1f}, mean wait {mean:.2f}, longest queue {longest}")

generator = random.Random(7)
inside = sum(generator.random() ** 2 + generator.random() ** 2 <= 1 for _ in range(20_000))
print("pi is about", 4 * inside / 20_000)

print("dice:", [generator.randint(1, 6) for _ in range(12)])
deck = [f"{rank}{suit}" for suit in "SHDC" for rank in "A23456789TJQK"]
generator.shuffle(deck)
print("hand:", " ".join(deck[:5]))
print("sample:", generator.sample(range(100), 5), "choice:", generator.choice("xyz"))
weights = generator.choices(["win", "lose"], weights=[1, 3], k=1000)
print("wins of 1000 at odds 1:3:", weights.count("win"))

first, second = random.Random(7), random.Random(7)
print("same seed, same numbers:", [first.random() for _ in range(50)] == [second.random() for _ in range(50)])
