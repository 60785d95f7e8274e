"""What an environment tells beside its observations, as plain JSON. What JSON cannot carry is left out and named."""

from __future__ import annotations

import math
from typing import Any

import numpy

from bl1_bridge.errors import sayable

LARGEST_WHOLE = 2**53 - 1
LARGEST_SHORT = 2**31 - 1
# A message's head may have 1 MiB. A number takes up to 9 bytes of it.
MOST_BYTES = 500_000
# More are not named, for their names would fill the message. Once they are that many, nothing more is looked at.
MOST_LEFT_OUT = 1000
BYTES_A_VALUE = 10
DEEPEST = 32
LONGEST_PATH = 200

LEFT_OUT = object()


def whole(value: Any) -> Any:
    """Plain JSON with the whole numbers that travelled as floats whole again, as a file of JSON would give them."""
    if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST_WHOLE:
        return int(value)
    if isinstance(value, dict):
        return {key: whole(item) for key, item in value.items()}
    return [whole(item) for item in value] if isinstance(value, list) else value


class InfoWriter:
    """Turns one info into JSON."""

    def __init__(self) -> None:
        self.left_out: list[str] = []
        self._bytes_left = MOST_BYTES

    def _leave_out(self, path: str, why: str) -> Any:
        if len(self.left_out) < MOST_LEFT_OUT:
            self.left_out.append(sayable(f"{path[:LONGEST_PATH]} ({why})"))
        elif len(self.left_out) == MOST_LEFT_OUT:
            self.left_out.append("... and all that follows (too many)")
        return LEFT_OUT

    def _spend(self, size: int, path: str, value: Any) -> Any:
        if size > self._bytes_left:
            return self._leave_out(path, "too large")
        self._bytes_left -= size
        return value

    def _number(self, value: float | int, path: str) -> Any:
        if not math.isfinite(value):
            return self._leave_out(path, str(value))
        if isinstance(value, int) and abs(value) > LARGEST_SHORT:
            if abs(value) > LARGEST_WHOLE:
                return self._leave_out(path, "a whole number beyond 2^53")
            # Exact as a float, which every codec reads back as a number.
            value = float(value)
        return self._spend(BYTES_A_VALUE, path, value)

    def _array(self, value: numpy.ndarray, path: str, depth: int) -> Any:
        if value.size * BYTES_A_VALUE > self._bytes_left:
            return self._leave_out(path, f"an array of {value.size} elements")
        return self.write(value.tolist(), path, depth)

    def _dict(self, value: dict[Any, Any], path: str, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key, item in value.items():
            name = sayable(str(key))
            inside = f"{path}.{name}" if path else name
            if name == "__proto__" or name in out:
                self._leave_out(inside, "a key that cannot be kept")
                continue
            written = self.write(item, inside, depth + 1)
            if written is not LEFT_OUT and self._spend(len(name.encode()), inside, written) is not LEFT_OUT:
                out[name] = written
        return out

    def _list(self, value: Any, path: str, depth: int) -> list[Any]:
        written = (self.write(item, f"{path}[{i}]", depth + 1) for i, item in enumerate(value))
        return [None if item is LEFT_OUT else item for item in written]

    def write(self, value: Any, path: str = "", depth: int = 0) -> Any:
        """A value as JSON, or LEFT_OUT. A place in a list that is left out holds None."""
        if len(self.left_out) > MOST_LEFT_OUT:
            return LEFT_OUT
        if value is None or isinstance(value, bool):
            return self._spend(BYTES_A_VALUE, path, value)
        if isinstance(value, str):
            text = sayable(value)
            return self._spend(len(text.encode()) + BYTES_A_VALUE, path, text)
        if isinstance(value, (int, float)):
            return self._number(float(value) if isinstance(value, float) else int(value), path)
        if depth > DEEPEST:
            return self._leave_out(path, "nested too deep")
        if isinstance(value, numpy.generic):
            plain = value.item()
            return self._leave_out(path, type(value).__name__) if plain is value else self.write(plain, path, depth + 1)
        if isinstance(value, numpy.ndarray):
            return self._array(value, path, depth)
        if isinstance(value, (dict, list, tuple)):
            if self._spend(BYTES_A_VALUE, path, value) is LEFT_OUT:
                return LEFT_OUT
            return self._dict(value, path, depth) if isinstance(value, dict) else self._list(value, path, depth)
        return self._leave_out(path, type(value).__name__)


def info_json(info: Any) -> dict[str, Any]:
    """`info`, and `leftOut` with the paths of what is not in it."""
    writer = InfoWriter()
    written = writer.write(info)
    return {"info": written if isinstance(written, dict) else {}, "leftOut": writer.left_out}
