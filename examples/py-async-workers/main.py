"""asyncio: a worker pool over a queue, gather with failures, timeouts, an async iterator and cancellation."""
import asyncio


async def fetch(name, delay, fail=False):
    await asyncio.sleep(delay)
    if fail:
        raise ConnectionError(f"{name} is down")
    return f"{name} ok"


async def worker(name, queue, results):
    while True:
        job = await queue.get()
        try:
            await asyncio.sleep(0)
            results[job] = job * job
        finally:
            queue.task_done()


async def countdown(start):
    for number in range(start, 0, -1):
        yield number
        await asyncio.sleep(0)


class Connection:
    async def __aenter__(self):
        print("connected")
        return self

    async def __aexit__(self, exc_type, exc, traceback):
        print("closed after", exc_type.__name__ if exc_type else "success")
        return exc_type is LookupError


async def main():
    print(await asyncio.gather(fetch("a", 0.02), fetch("b", 0.01), fetch("c", 0)))

    answers = await asyncio.gather(fetch("d", 0), fetch("e", 0, fail=True), return_exceptions=True)
    print([answer if isinstance(answer, str) else f"{type(answer).__name__}: {answer}" for answer in answers])

    try:
        await asyncio.wait_for(fetch("slow", 30), timeout=0.02)
    except asyncio.TimeoutError:
        print("slow: gave up")

    queue, results = asyncio.Queue(), {}
    for job in range(1, 9):
        queue.put_nowait(job)
    workers = [asyncio.create_task(worker(f"w{n}", queue, results)) for n in range(3)]
    await queue.join()
    for task in workers:
        task.cancel()
    stopped = await asyncio.gather(*workers, return_exceptions=True)
    print("squares:", dict(sorted(results.items())))
    print("workers cancelled:", all(isinstance(stop, asyncio.CancelledError) for stop in stopped))

    order = []
    for finished in asyncio.as_completed([fetch("late", 0.05), fetch("early", 0.005), fetch("middle", 0.025)]):
        order.append(await finished)
    print("finished:", order)

    print("countdown:", [number async for number in countdown(4)])

    async with Connection():
        raise LookupError("swallowed by the connection")

    event, lock, log = asyncio.Event(), asyncio.Lock(), []

    async def waiter(number):
        await event.wait()
        async with lock:
            log.append(number)

    async with asyncio.TaskGroup() as group:
        for number in range(3):
            group.create_task(waiter(number))
        event.set()
    print("after the event:", log)


asyncio.run(main())
