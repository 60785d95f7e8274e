"""Gymnasium's spaces as those of the TypeScript side: what each becomes there, and how its values travel.

One class a kind; `port_of` chooses. A space without a counterpart is refused by name, with the path to it. Element
types without one are carried by the nearest that holds them: bool by uint8, float16 by float32 (actions are rounded
back), int64 and uint64 by int32 and uint32 (a Box's bounds are cut to what those hold; a value beyond is an error).
"""

from __future__ import annotations

from typing import Any

import numpy
from gymnasium import spaces
from gymnasium.vector.utils import concatenate, create_empty_array, iterate

from bl1_bridge.errors import HostError
from bl1_bridge.gymnasium_values import Incoming, Outgoing, bad_value, fit

SAME = ("float32", "float64", "int8", "int16", "int32", "uint8", "uint16", "uint32")
OTHERS = {"bool": "uint8", "float16": "float32", "int64": "int32", "uint64": "uint32"}
CARRIED_BY = {**{name: name for name in SAME}, **OTHERS}
INT32 = numpy.iinfo(numpy.int32)
MOST_CHOICES = 2**32
LARGEST_WHOLE = 2**53 - 1


def refuse(path: str, space: spaces.Space, reason: str) -> HostError:
    """The error for a space without a counterpart."""
    kind = type(space).__name__
    return HostError("pythonEnv/space", f"{path}: {kind}: {reason}", path=path, kind=kind, reason=reason)


class Port:
    """One space: its description, and its values on the way out (`write`) and in (`read`)."""

    def __init__(self, space: Any, path: str) -> None:
        self.space = space
        self.path = path

    def describe(self, out: Outgoing) -> dict[str, Any]:
        """What the other side builds its space from. Bounds go to `out`: exact, and of any length."""
        raise NotImplementedError

    def write(self, value: Any, out: Outgoing) -> None:
        """Appends a value. Raises `pythonEnv/value`."""
        raise NotImplementedError

    def read(self, source: Incoming) -> Any:
        """The next value, in the type that the space's own `sample` gives. Raises `pythonEnv/value`."""
        raise NotImplementedError


class ArrayPort(Port):
    """What the three kinds of arrays share."""

    wire: numpy.dtype

    def write(self, value: Any, out: Outgoing) -> None:
        array = numpy.asarray(value)
        if array.shape != self.space.shape:
            raise bad_value(self.path, f"an array of shape {self.space.shape}", f"one of shape {array.shape}")
        out.add(fit(array, self.wire, self.path))

    def read(self, source: Incoming) -> numpy.ndarray:
        # A copy: an environment may keep and change its actions.
        return source.take(self.wire.name, self.space.shape, self.path).astype(self.space.dtype)


class BoxPort(ArrayPort):
    def __init__(self, space: spaces.Box, path: str) -> None:
        super().__init__(space, path)
        name = space.dtype.name
        if name not in CARRIED_BY:
            raise refuse(path, space, f"its elements are of type {name}; there are {', '.join(CARRIED_BY)}")
        self.wire = numpy.dtype(CARRIED_BY[name])

    def _cut(self, bound: numpy.ndarray) -> numpy.ndarray:
        if self.space.dtype.kind not in "iu":
            return bound.astype(self.wire)
        limits = numpy.iinfo(self.wire)
        return numpy.clip(bound, limits.min, limits.max).astype(self.wire)

    def describe(self, out: Outgoing) -> dict[str, Any]:
        low, high = self._cut(self.space.low), self._cut(self.space.high)
        if self.wire.kind in "iu" and ((low > self.space.high) | (high < self.space.low)).any():
            raise refuse(self.path, self.space, f"none of its numbers fit into {self.wire}")
        out.add(low)
        out.add(high)
        return {"kind": "Box", "dtype": self.wire.name, "shape": list(self.space.shape)}


class MultiBinaryPort(ArrayPort):
    wire = numpy.dtype("uint8")

    def describe(self, out: Outgoing) -> dict[str, Any]:
        return {"kind": "MultiBinary", "shape": list(self.space.shape)}


class MultiDiscretePort(ArrayPort):
    wire = numpy.dtype("int32")

    def describe(self, out: Outgoing) -> dict[str, Any]:
        nvec = self.space.nvec.astype(object)
        first = numpy.asarray(self.space.start).astype(object)
        if nvec.size > 0 and ((first < INT32.min) | (first + nvec - 1 > INT32.max) | (nvec > INT32.max)).any():
            raise refuse(self.path, self.space, "its options go beyond 32-bit whole numbers")
        out.add(nvec.astype(self.wire))
        out.add(first.astype(self.wire))
        return {"kind": "MultiDiscrete", "shape": list(self.space.shape)}


class DiscretePort(Port):
    def describe(self, out: Outgoing) -> dict[str, Any]:
        n, first = int(self.space.n), int(self.space.start)
        if n > MOST_CHOICES or abs(first) > LARGEST_WHOLE or abs(first + n) > LARGEST_WHOLE:
            reason = f"it has {n} choices from {first} on; there may be 2^32, within -2^53 to 2^53"
            raise refuse(self.path, self.space, reason)
        # As floats: exact within these limits, and every codec reads them back as numbers.
        return {"kind": "Discrete", "n": float(n), "start": float(first)}

    def write(self, value: Any, out: Outgoing) -> None:
        number = numpy.asarray(value)
        if number.shape != () or number.dtype.kind not in "biu" or abs(int(number)) > LARGEST_WHOLE:
            raise bad_value(self.path, "a whole number within -2^53 to 2^53", repr(value)[:80])
        whole = int(number)
        out.plain.append(whole if INT32.min <= whole <= INT32.max else float(whole))

    def read(self, source: Incoming) -> Any:
        return self.space.dtype.type(int(source.next(self.path)))


class TextPort(Port):
    def describe(self, out: Outgoing) -> dict[str, Any]:
        shortest, longest = int(self.space.min_length), int(self.space.max_length)
        return {"kind": "Text", "minLength": shortest, "maxLength": longest, "charset": list(self.space.character_list)}

    def write(self, value: Any, out: Outgoing) -> None:
        if not isinstance(value, str):
            raise bad_value(self.path, "a text", repr(value)[:80])
        out.plain.append(str(value))

    def read(self, source: Incoming) -> str:
        return source.next(self.path)


class DictPort(Port):
    def __init__(self, space: spaces.Dict, path: str) -> None:
        super().__init__(space, path)
        for key in space.spaces:
            if not isinstance(key, str):
                raise refuse(path, space, f"its key {key!r} is no text")
        self.parts = {key: port_of(part, f"{path}.{key}") for key, part in space.spaces.items()}

    def describe(self, out: Outgoing) -> dict[str, Any]:
        # A list, as it keeps its order whatever the keys are.
        return {"kind": "Dict", "entries": [[key, part.describe(out)] for key, part in self.parts.items()]}

    def write(self, value: Any, out: Outgoing) -> None:
        if not hasattr(value, "keys") or set(value.keys()) != set(self.parts):
            keys = list(value.keys()) if hasattr(value, "keys") else repr(value)[:80]
            raise bad_value(self.path, f"a dict with the keys {list(self.parts)}", str(keys))
        for key, part in self.parts.items():
            part.write(value[key], out)

    def read(self, source: Incoming) -> dict[str, Any]:
        return {key: part.read(source) for key, part in self.parts.items()}


class TuplePort(Port):
    def __init__(self, space: spaces.Tuple, path: str) -> None:
        super().__init__(space, path)
        self.parts = [port_of(part, f"{path}[{i}]") for i, part in enumerate(space.spaces)]

    def describe(self, out: Outgoing) -> dict[str, Any]:
        return {"kind": "Tuple", "spaces": [part.describe(out) for part in self.parts]}

    def write(self, value: Any, out: Outgoing) -> None:
        if not isinstance(value, (tuple, list)) or len(value) != len(self.parts):
            raise bad_value(self.path, f"a tuple of {len(self.parts)}", repr(value)[:80])
        for part, item in zip(self.parts, value):
            part.write(item, out)

    def read(self, source: Incoming) -> tuple[Any, ...]:
        return tuple(part.read(source) for part in self.parts)


class SequencePort(Port):
    """Lists of any length: its length in the list of plain values, then the items."""

    def __init__(self, space: spaces.Sequence, path: str) -> None:
        super().__init__(space, path)
        self.item = port_of(space.feature_space, f"{path}[]")

    def describe(self, out: Outgoing) -> dict[str, Any]:
        return {"kind": "Sequence", "space": self.item.describe(out)}

    def write(self, value: Any, out: Outgoing) -> None:
        try:
            items = list(iterate(self.space.stacked_feature_space, value) if self.space.stack else value)
        except TypeError:
            raise bad_value(self.path, "a sequence", repr(value)[:80]) from None
        out.plain.append(len(items))
        for item in items:
            self.item.write(item, out)

    def read(self, source: Incoming) -> Any:
        items = tuple(self.item.read(source) for _ in range(int(source.next(self.path))))
        if not self.space.stack:
            return items
        feature = self.space.feature_space
        stacked = create_empty_array(feature, len(items))
        return concatenate(feature, items, stacked) if items else stacked


class OneOfPort(Port):
    """A member of one of several spaces: the number of that space, then the member."""

    def __init__(self, space: spaces.OneOf, path: str) -> None:
        super().__init__(space, path)
        self.parts = [port_of(part, f"{path}|{i}") for i, part in enumerate(space.spaces)]

    def describe(self, out: Outgoing) -> dict[str, Any]:
        return {"kind": "OneOf", "spaces": [part.describe(out) for part in self.parts]}

    def write(self, value: Any, out: Outgoing) -> None:
        if not isinstance(value, (tuple, list)) or len(value) != 2 or not 0 <= int(value[0]) < len(self.parts):
            raise bad_value(self.path, f"(index, value) with an index below {len(self.parts)}", repr(value)[:80])
        index = int(value[0])
        out.plain.append(index)
        self.parts[index].write(value[1], out)

    def read(self, source: Incoming) -> tuple[numpy.int64, Any]:
        index = int(source.next(self.path))
        return numpy.int64(index), self.parts[index].read(source)


PORTS: tuple[tuple[type, type[Port]], ...] = (
    (spaces.Box, BoxPort),
    (spaces.Discrete, DiscretePort),
    (spaces.MultiDiscrete, MultiDiscretePort),
    (spaces.MultiBinary, MultiBinaryPort),
    (spaces.Text, TextPort),
    (spaces.Dict, DictPort),
    (spaces.Tuple, TuplePort),
    (spaces.Sequence, SequencePort),
    (spaces.OneOf, OneOfPort),
)


def port_of(space: Any, path: str) -> Port:
    """The port of a space. Raises `pythonEnv/space` for a kind, or an element type, without a counterpart."""
    for kind, port in PORTS:
        if isinstance(space, kind):
            return port(space, path)
    raise refuse(path, space, "there is no such kind of space on the other side")
