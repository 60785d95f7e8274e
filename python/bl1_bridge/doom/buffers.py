"""What one observation is made of: the engine's state to named arrays, those that were asked for and no more.

The arrays are the ones that vizdoom has copied out of the shared memory for this state: they are sent as they are,
without another copy.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .checks import bad_option
from .reduce import Reduction

Arrays = dict[str, np.ndarray]
FORMATS = ("rgb", "grey")


class Buffers:
    """Reads the buffers that the options of `make` ask for."""

    def __init__(self, game: Any, options: dict[str, Any]) -> None:
        height, width = game.get_screen_height(), game.get_screen_width()
        screen = options.get("screen")
        self._reduce: Reduction | None = None
        if screen is not None:
            if screen.get("format") not in FORMATS:
                raise bad_option("screen.format", "rgb or grey", screen.get("format"))
            self._reduce = Reduction(height, width, screen["format"] == "grey", screen.get("crop"), screen.get("size"))
        self._depth = bool(options.get("depth"))
        self._labels = bool(options.get("labels"))
        self._automap = options.get("automap") is not None
        self._audio = bool(options.get("audio"))
        self.notifications = bool(options.get("notifications"))
        self._shapes: dict[str, list[int]] = {}
        if self._reduce is not None:
            self._shapes["screen"] = list(self._reduce.shape)
        for name, asked in (("depth", self._depth), ("labels", self._labels)):
            if asked:
                self._shapes[name] = [height, width]
        if self._automap:
            self._shapes["automap"] = [height, width, 3]
        if self._audio:
            self._shapes["audio"] = [game.get_audio_sampling_rate() // 35 * game.get_audio_buffer_size(), 2]

    @property
    def shapes(self) -> dict[str, list[int]]:
        """Shapes of the arrays, by name: uint8, audio int16."""
        return self._shapes

    def read(self, state: Any, arrays: Arrays) -> None:
        """Puts the buffers of a state into `arrays`."""
        if self._reduce is not None:
            arrays["screen"] = self._reduce(state.screen_buffer)
        if self._depth:
            arrays["depth"] = state.depth_buffer
        if self._labels:
            arrays["labels"] = state.labels_buffer
        if self._automap:
            arrays["automap"] = state.automap_buffer
        if self._audio:
            arrays["audio"] = state.audio_buffer
