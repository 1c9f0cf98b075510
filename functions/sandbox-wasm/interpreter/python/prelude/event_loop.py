"""asyncio without selectors: nothing in a one-threaded world without sockets can become ready from outside, so
the loop only ever waits for its own timers."""

import asyncio
import time


class _Timers:
    def select(self, timeout=None):
        while timeout is None:
            time.sleep(60)
        if timeout > 0:
            time.sleep(timeout)
        return []

    def close(self):
        pass


class SandboxEventLoop(asyncio.base_events.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = _Timers()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass

    async def _make_subprocess_transport(self, *arguments, **options):
        raise NotImplementedError("processes aren't available in the wasm backend")

    def run_in_executor(self, executor, function, *arguments):
        """Runs it here and now, as there are no threads: `asyncio.to_thread` works, one at a time."""
        self._check_closed()
        future = self.create_future()
        try:
            future.set_result(function(*arguments))
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            future.set_exception(error)
        return future


asyncio.unix_events._UnixDefaultEventLoopPolicy._loop_factory = SandboxEventLoop
for _module in (asyncio, asyncio.unix_events):
    _module.SelectorEventLoop = _module.EventLoop = SandboxEventLoop
