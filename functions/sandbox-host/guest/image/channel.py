"""Frames between the guest's agent and its host: length, kind, number of the call, payload."""

import json
import os
import select
import struct
import sys

_HEADER = struct.Struct(">IcI")
_STDIN, _STDOUT = 0, 1

# What the host says: a call; then within it input, its end, a signal, room for more output, no more interest.
CALL, INPUT, INPUT_END, SIGNAL, ROOM, CANCEL = b"c", b"i", b"x", b"s", b"w", b"q"
# What the agent says: ready; then within a call a reply, output, input was taken or never will be, the end or failure.
READY, REPLY, OUTPUT, ERROR_OUTPUT, TAKEN, BROKEN, END, FAILURE = b"h", b"r", b"o", b"e", b"t", b"b", b"z", b"f"

CHUNK_BYTES = 64 * 1024
# Output of a call that may be on its way; the host makes room for more once it was taken.
WINDOW_BYTES = 256 * 1024


class Channel:
    """The host's end is trusted. It is read as it comes, and written without ever waiting for it."""

    def __init__(self, loop, on_frame):
        self._loop, self._on_frame = loop, on_frame
        self.on_call_ended = lambda call: None
        self._incoming, self._outgoing = bytearray(), bytearray()
        os.set_blocking(_STDOUT, False)
        loop.watch(_STDIN, select.POLLIN, self._read)

    def send(self, kind, call, payload=b""):
        """Goes with the next flush, together with what else the turn has to say."""
        self._outgoing += _HEADER.pack(len(payload), kind, call)
        self._outgoing += payload
        if kind in (END, FAILURE):
            self.on_call_ended(call)

    def send_json(self, kind, call, message):
        self.send(kind, call, json.dumps(message).encode())

    def flush(self):
        try:
            while self._outgoing:
                del self._outgoing[: os.write(_STDOUT, self._outgoing)]
            self._loop.forget(_STDOUT)
        except BlockingIOError:
            self._loop.watch(_STDOUT, select.POLLOUT, lambda: None)

    def _read(self):
        chunk = os.read(_STDIN, CHUNK_BYTES)
        if not chunk:
            sys.exit("the host is gone")
        self._incoming += chunk
        while len(self._incoming) >= _HEADER.size:
            length, kind, call = _HEADER.unpack_from(self._incoming)
            end = _HEADER.size + length
            if len(self._incoming) < end:
                return
            payload = bytes(self._incoming[_HEADER.size : end])
            del self._incoming[:end]
            self._on_frame(kind, call, payload)
