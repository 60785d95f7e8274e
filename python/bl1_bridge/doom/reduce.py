"""Making a picture smaller before it is sent: grey, crop and area mean, in this order, without a copy that is not
needed.
"""

from __future__ import annotations

import numpy as np

from .checks import bad_option

# The engine's own GRAY8 is 0.21 red + 0.72 green + 0.07 blue, rounded down (compared with its RGB24 over 1.5 million
# pixels).
_RED, _GREEN, _BLUE = 21, 72, 7


def grey_of(picture: np.ndarray) -> np.ndarray:
    """uint8 [h, w, 3] to uint8 [h, w], with the engine's weights."""
    total = np.multiply(picture[..., 0], _RED, dtype=np.uint16)
    total += np.multiply(picture[..., 1], _GREEN, dtype=np.uint16)
    total += np.multiply(picture[..., 2], _BLUE, dtype=np.uint16)
    return (total // 100).astype(np.uint8)


def block_mean(values: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Mean of blocks of rows x columns pixels, rounded half up, all in whole numbers."""
    area = rows * columns
    wide = np.uint16 if area <= 256 else np.uint32
    sums = values[::rows].astype(wide)
    for row in range(1, rows):
        sums += values[row::rows]
    total = sums[:, ::columns].copy()
    for column in range(1, columns):
        total += sums[:, column::columns]
    total += wide(area // 2)
    return np.floor_divide(total, wide(area), out=total).astype(np.uint8)


class Axis:
    """Area mean along one axis: every output cell is the mean of the inputs it covers, weighted with the share that it
    covers.
    """

    def __init__(self, source: int, target: int) -> None:
        step = source / target
        edges = np.arange(target + 1) * step
        first = np.minimum(np.floor(edges[:-1] + 1e-9).astype(np.intp), source - 1)
        taps = int(np.ceil(step - 1e-9)) + (0 if source % target == 0 else 1)
        self.index = [np.minimum(first + tap, source - 1) for tap in range(taps)]
        self.weight = []
        for tap in range(taps):
            low = np.maximum(edges[:-1], first + tap)
            high = np.minimum(edges[1:], first + tap + 1)
            self.weight.append((np.maximum(high - low, 0.0) / step).astype(np.float32))

    def mean(self, values: np.ndarray, axis: int) -> np.ndarray:
        """The means, float32."""
        shape = [1] * values.ndim
        shape[axis] = -1
        total: np.ndarray | None = None
        for index, weight in zip(self.index, self.weight):
            part = np.take(values, index, axis=axis) * weight.reshape(shape)
            total = part if total is None else np.add(total, part, out=total)
        assert total is not None
        return total


class Reduction:
    """What the observation `screen` is made of: `crop` [top, bottom, left, right] pixels cut off, then `size` [height,
    width].
    """

    def __init__(self, height: int, width: int, grey: bool, crop: list[int] | None, size: list[int] | None) -> None:
        top, bottom, left, right = _four(crop, height, width)
        self.grey = grey
        self._rows = slice(top, height - bottom)
        self._columns = slice(left, width - right)
        inner = (height - top - bottom, width - left - right)
        target = inner if size is None else _two(size)
        self._target, self._inner = target, inner
        self._blocks = inner[0] % target[0] == 0 and inner[1] % target[1] == 0
        self._axes = (Axis(inner[0], target[0]), Axis(inner[1], target[1]))
        self.shape = target if grey else (*target, 3)

    def __call__(self, picture: np.ndarray) -> np.ndarray:
        """The reduced picture, C-contiguous; the very array that came when there is nothing to reduce."""
        part = picture[self._rows, self._columns]
        if self.grey and part.ndim == 3:
            part = grey_of(part)
        if self._target == self._inner:
            return np.ascontiguousarray(part)
        if self._blocks:
            return block_mean(part, self._inner[0] // self._target[0], self._inner[1] // self._target[1])
        rows, columns = self._axes
        small = columns.mean(rows.mean(part, 0), 1)
        return (small + np.float32(0.5)).astype(np.uint8)


def _four(crop: list[int] | None, height: int, width: int) -> tuple[int, int, int, int]:
    if crop is None:
        return (0, 0, 0, 0)
    fine = len(crop) == 4 and all(isinstance(edge, int) and edge >= 0 for edge in crop)
    if not fine or crop[0] + crop[1] >= height or crop[2] + crop[3] >= width:
        raise bad_option("screen.crop", f"[top, bottom, left, right] that leave something of {height} x {width}", crop)
    return (crop[0], crop[1], crop[2], crop[3])


def _two(size: list[int]) -> tuple[int, int]:
    if len(size) != 2 or not all(isinstance(edge, int) and 1 <= edge <= 4096 for edge in size):
        raise bad_option("screen.size", "[height, width], each from 1 to 4096", size)
    return (size[0], size[1])
