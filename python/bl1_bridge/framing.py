"""One message: a msgpack map (the header) and the raw bytes of its arrays. Every size is checked before anything is read.

Whole numbers of 2^32 and more arrive from the parent as floats; whole numbers beyond 2^53 cannot be sent to it.
"""
from __future__ import annotations

import math
from typing import Any, Mapping, Sequence, Union

import msgpack
import numpy as np

from bl1_bridge.errors import HostError, ProtocolError

PROTOCOL = 1
MAX_HEADER_BYTES = 1 << 20
MAX_MESSAGE_BYTES = 64 << 20
MAX_ARRAYS = 64
MAX_DIMENSIONS = 8
DTYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64")

Part = Union[bytes, bytearray, memoryview]
Arrays = Mapping[str, np.ndarray]

_DTYPES = {name: np.dtype(name).newbyteorder("<") for name in DTYPES}
# By the dtype itself: NumPy puts the text of `dtype.name` together anew each time it is asked.
_NAMES = {dtype: name for name, dtype in _DTYPES.items()}
# What is no dtype of the wire, and the ones that may hold its values.
_NARROWER = {
    "bool": ("uint8",),
    "int64": ("int32", "uint32"),
    "uint64": ("int32", "uint32"),
    "float16": ("float32",),
    "longdouble": ("float64",),
}


def encode(header: dict[str, Any], arrays: Arrays) -> list[Part]:
    """The parts of a message. Arrays are not copied where they are contiguous already.

    Raises HostError `bridge/array`, `bridge/too-large`, `bridge/value` for what a host must not send.
    """
    if len(arrays) > MAX_ARRAYS:
        raise HostError("bridge/too-large", f"a message has at most {MAX_ARRAYS} arrays, not {len(arrays)}")
    ready = {name: _to_wire(name, array) for name, array in arrays.items()}
    header["arrays"] = [{"name": name, "dtype": _NAMES[array.dtype], "shape": array.shape} for name, array in ready.items()]
    try:
        packed = msgpack.packb(header, default=_plain)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise HostError("bridge/value", f"a body is plain JSON with text as keys, but: {error}") from error
    size = len(packed) + sum(array.nbytes for array in ready.values())
    if len(packed) > MAX_HEADER_BYTES or size > MAX_MESSAGE_BYTES:
        raise HostError(
            "bridge/too-large",
            f"a header has at most {MAX_HEADER_BYTES} bytes and a message {MAX_MESSAGE_BYTES}, not {len(packed)} and {size}",
        )
    # A flat view of bytes: what sockets and files take, whatever the shape.
    return [packed, *(array.reshape(-1).view(np.uint8).data for array in ready.values())]


def decode(parts: Sequence[Part]) -> tuple[int, str, dict[str, Any], dict[str, np.ndarray]]:
    """The number, verb, body and arrays of a request. The arrays are read-only views of the parts.

    Raises ProtocolError for everything else.
    """
    if not 1 <= len(parts) <= MAX_ARRAYS + 1:
        raise ProtocolError(f"a message has 1 to {MAX_ARRAYS + 1} parts, not {len(parts)}")
    if len(parts[0]) > MAX_HEADER_BYTES:
        raise ProtocolError(f"a header has at most {MAX_HEADER_BYTES} bytes, not {len(parts[0])}")
    if sum(len(part) for part in parts) > MAX_MESSAGE_BYTES:
        raise ProtocolError(f"a message has at most {MAX_MESSAGE_BYTES} bytes")
    try:
        header = msgpack.unpackb(
            parts[0], raw=False, strict_map_key=True, max_bin_len=0, max_ext_len=0, ext_hook=_refuse_extension
        )
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"the header is not plain msgpack ({type(error).__name__}: {error})") from error
    if not isinstance(header, dict):
        raise ProtocolError("the header is not a map")
    seq = header.get("seq")
    if type(seq) is float and seq.is_integer():
        seq = int(seq)
    if type(seq) is not int or not 0 <= seq < 2**53:
        raise ProtocolError("seq is not a whole number from 0")
    verb, body = header.get("verb"), header.get("body")
    if not isinstance(verb, str) or not isinstance(body, dict):
        raise ProtocolError("verb is not text, or body not a map", seq)
    return seq, verb, body, _arrays(header.get("arrays"), parts, seq)


def _arrays(described: Any, parts: Sequence[Part], seq: int) -> dict[str, np.ndarray]:
    if not isinstance(described, list) or len(described) != len(parts) - 1:
        raise ProtocolError(f"arrays is not a list of {len(parts) - 1}, one for each further part", seq)
    arrays: dict[str, np.ndarray] = {}
    for one, part in zip(described, parts[1:]):
        if not isinstance(one, dict):
            raise ProtocolError("an array is described by a map", seq)
        name, dtype, shape = one.get("name"), one.get("dtype"), one.get("shape")
        if not isinstance(name, str) or name == "" or name in arrays:
            raise ProtocolError("an array has no name, or that of another", seq)
        if not isinstance(dtype, str) or dtype not in _DTYPES:
            raise ProtocolError(f"array {name!r}: dtype is none of {', '.join(DTYPES)}", seq)
        is_shape = isinstance(shape, list) and len(shape) <= MAX_DIMENSIONS
        if not is_shape or any(type(side) is not int or not 0 <= side <= MAX_MESSAGE_BYTES for side in shape):
            raise ProtocolError(f"array {name!r}: shape is not a list of at most {MAX_DIMENSIONS} whole numbers from 0", seq)
        if math.prod(shape) * _DTYPES[dtype].itemsize != len(part):
            raise ProtocolError(f"array {name!r}: {dtype} of shape {shape} does not have {len(part)} bytes", seq)
        arrays[name] = np.frombuffer(part, dtype=_DTYPES[dtype]).reshape(shape)
    return arrays


def _refuse_extension(code: int, _data: bytes) -> Any:
    raise ValueError(f"extension {code}")


def _plain(value: Any) -> Any:
    """Numbers of numpy, in bodies, as Python's."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} is not plain JSON")


def _to_wire(name: str, array: np.ndarray) -> np.ndarray:
    """The array in a dtype of the wire, little-endian and contiguous; itself where it is that already."""
    array = np.asarray(array)
    if array.dtype in _NAMES:
        return array if array.flags.c_contiguous else np.ascontiguousarray(array)
    if array.dtype.name not in _DTYPES:
        array = _narrowed(name, array)
    # ascontiguousarray alone would turn a single number (no dimension) into a list of one.
    return np.ascontiguousarray(array, dtype=_DTYPES[array.dtype.name]).reshape(array.shape)


def _narrowed(name: str, array: np.ndarray) -> np.ndarray:
    kind = "longdouble" if array.dtype == np.longdouble else array.dtype.name
    for target in _NARROWER.get(kind, ()):
        limits = np.iinfo(target) if array.dtype.kind in "iu" else None
        if limits is None or array.size == 0 or (int(array.min()) >= limits.min and int(array.max()) <= limits.max):
            return array.astype(target)
    raise HostError("bridge/array", f"array {name!r} of {array.dtype} cannot be sent: it must fit into one of {', '.join(DTYPES)}")
