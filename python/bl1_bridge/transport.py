"""How messages travel: a ZeroMQ socket to the parent's port on loopback, or two inherited descriptors. Both carry lists of parts."""
from __future__ import annotations

import os
import struct
from typing import Any, Protocol, Sequence

from bl1_bridge.errors import ChannelClosed
from bl1_bridge.framing import MAX_ARRAYS, MAX_MESSAGE_BYTES, Part

FROM_PARENT = 3
TO_PARENT = 4
# Time for a last reply to leave.
LINGER_MS = 2000


class Transport(Protocol):
    """What the server needs of a channel."""

    def receive(self, limit_ms: int | None = None) -> list[Part]:
        """The next message. Raises ChannelClosed at the end, and where none comes within the limit."""
        ...

    def send(self, parts: Sequence[Part]) -> None:
        """Sends a message; its arrays may change as soon as this returns."""
        ...

    def close(self) -> None:
        """Lets what was sent leave, then closes."""
        ...


class ZeroMqTransport:
    """A DEALER that connects to the parent's ROUTER."""

    def __init__(self, endpoint: str) -> None:
        import zmq

        self._again = zmq.Again
        self._context = zmq.Context()
        self._socket = self._context.socket(zmq.DEALER)
        self._socket.setsockopt(zmq.MAXMSGSIZE, MAX_MESSAGE_BYTES)
        self._socket.setsockopt(zmq.LINGER, LINGER_MS)
        self._socket.setsockopt(zmq.RCVHWM, 0)
        self._socket.setsockopt(zmq.SNDHWM, 0)
        self._socket.connect(endpoint)

    def receive(self, limit_ms: int | None = None) -> list[Part]:
        if limit_ms is not None and self._socket.poll(limit_ms) == 0:
            raise ChannelClosed(f"no message within {limit_ms} ms")
        return self._socket.recv_multipart()

    def send(self, parts: Sequence[Part]) -> None:
        # One copy of each part. Lending ZeroMQ the memory instead was measured slower below 1 MiB (its helper thread must be woken to
        # give it back), and a host could change an array that is still on its way.
        self._socket.send_multipart(parts)

    def close(self) -> None:
        self._socket.close()
        self._context.term()


class PipeTransport:
    """Descriptors 3 (from the parent) and 4 (to the parent): the number of parts, their sizes (uint32 each), then their bytes."""

    def __init__(self) -> None:
        for descriptor in (FROM_PARENT, TO_PARENT):
            os.set_inheritable(descriptor, False)
            os.set_blocking(descriptor, True)
        self._reader = os.fdopen(FROM_PARENT, "rb", buffering=1 << 16)

    def receive(self, limit_ms: int | None = None) -> list[Part]:
        # No limit is needed: the stream ends with the parent.
        (count,) = struct.unpack("<I", self._read(4))
        if not 1 <= count <= MAX_ARRAYS + 1:
            raise ChannelClosed(f"a message of {count} parts: the stream is out of step")
        sizes = struct.unpack(f"<{count}I", self._read(4 * count))
        if sum(sizes) > MAX_MESSAGE_BYTES:
            raise ChannelClosed(f"a message of {sum(sizes)} bytes, above the limit of {MAX_MESSAGE_BYTES}")
        return [self._read(size) for size in sizes]

    def send(self, parts: Sequence[Part]) -> None:
        prefix = struct.pack(f"<{len(parts) + 1}I", len(parts), *(len(part) for part in parts))
        waiting = [memoryview(part) for part in (prefix, *parts) if len(part) > 0]
        try:
            while waiting:
                written = os.writev(TO_PARENT, waiting)
                while waiting and written >= len(waiting[0]):
                    written -= len(waiting.pop(0))
                if waiting:
                    waiting[0] = waiting[0][written:]
        except BrokenPipeError as error:
            raise ChannelClosed("the parent reads no more") from error

    def close(self) -> None:
        self._reader.close()
        os.close(TO_PARENT)

    def _read(self, size: int) -> bytes:
        data = self._reader.read(size)
        if len(data) < size:
            raise ChannelClosed("the parent is gone")
        return data


def connect(instructions: dict[str, Any]) -> Transport:
    """The channel that the parent chose."""
    return PipeTransport() if instructions["transport"] == "pipe" else ZeroMqTransport(instructions["endpoint"])
