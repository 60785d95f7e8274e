"""How the values of spaces travel: numbers in one array an element type, all else in one list, in the space's order.

A value is written by walking its space. So a Dict of a hundred Boxes takes one array a type on the wire, and the
reader, which walks an equal space, needs no names.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy

from bl1_bridge.errors import HostError


def bad_value(path: str, expected: str, received: str) -> HostError:
    """The error for a value that its space has no place for."""
    message = f"{path}: expected {expected}, but {received} came"
    return HostError("pythonEnv/value", message, path=path, expected=expected, received=received)


def fit(array: numpy.ndarray, dtype: numpy.dtype, path: str) -> numpy.ndarray:
    """The same numbers as another type: floats rounded to the nearest; what overflows, or is no longer whole, refused."""
    if array.dtype == dtype:
        return array
    if array.dtype.kind not in "biuf":
        raise bad_value(path, f"numbers of type {dtype}", f"an array of type {array.dtype}")
    with numpy.errstate(all="ignore"):
        converted = array.astype(dtype)
    lost = numpy.isfinite(array) & ~numpy.isfinite(converted) if dtype.kind == "f" else converted != array
    if lost.any():
        raise bad_value(path, f"numbers that {dtype} can hold", str(array[lost].flat[0]))
    return converted


class Outgoing:
    """A value being written."""

    def __init__(self) -> None:
        self.plain: list[Any] = []
        self._parts: dict[str, list[numpy.ndarray]] = {}

    def add(self, array: numpy.ndarray) -> None:
        """Appends the numbers of an array to those of its type."""
        self._parts.setdefault(array.dtype.name, []).append(array.reshape(-1))

    def arrays(self) -> dict[str, numpy.ndarray]:
        """One array a type, under its name. A copy: an environment may write into its arrays again."""
        return {name: numpy.concatenate(parts) for name, parts in self._parts.items()}


class Incoming:
    """A value being read."""

    def __init__(self, plain: list[Any], arrays: dict[str, numpy.ndarray]) -> None:
        self._plain = iter(plain)
        self._arrays = arrays
        self._offsets = dict.fromkeys(arrays, 0)

    def next(self, path: str) -> Any:
        """The next entry of the list."""
        try:
            return next(self._plain)
        except StopIteration:
            raise bad_value(path, "a value", "nothing") from None

    def take(self, dtype: str, shape: tuple[int, ...], path: str) -> numpy.ndarray:
        """The next numbers of a type."""
        begin = self._offsets.get(dtype, 0)
        end = begin + prod(shape)
        if dtype not in self._arrays or end > self._arrays[dtype].size:
            raise bad_value(path, f"{prod(shape)} numbers of type {dtype}", "fewer")
        self._offsets[dtype] = end
        return self._arrays[dtype].reshape(-1)[begin:end].reshape(shape)
