"""A short vector of what the player sees and feels, from the labels and the depth buffer: nothing that is not on the
screen.

Every value has a fixed range and none can stand still at a border while the game goes on. With share(x, half) = x / (x
+ half), 0 at 0, one half at `half` and never 1:

* player, each from -1 to 1: `health`, `armor` (points over 100, minus 1: 100 points are 0), `ammo` (2 share(rounds of
  the weapon in hand, 50) - 1), `kills` (2 share(kills, 10) - 1), `sinAngle`, `cosAngle` (where the player looks, on the
  map), `velocityForward`, `velocityRight` (map units a tic over 30; a runner makes 16.7).
* `ray0`... from left to right: the nearest wall in each strip of the view at eye height, share(distance, 512) scaled so
  that a depth of 255 is 1.
* for each enemy, nearest first, `enemy0...`: `visible` (1; all six are 0 in an empty slot), `bearing` (-1 left edge, 0
  middle, 1 right edge of the view), `distance` share(map units, 512), `width` (share of the view), `sinFacing`,
  `cosFacing` (cos 1: it faces the player, -1: it looks away; sin 1: it faces to its left of the player).
* for each item, nearest first, `item0...`: `visible`, `bearing`, `distance`.

Depth, measured with the engine against the maps' walls: planar distance (along the view axis, not along the ray) = 7.25
(depth + 0.5) map units, within 5 % from 320 x 240 up, to 255 = about 1,850 units. Far sprites and the
sky stop at 127, the weapon and the status bar are 0. The distance of a thing is therefore taken from its label, that of
walls from the depth.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import vizdoom

from .actors import MONSTERS, is_enemy, is_item
from .checks import bad_option, whole
from .names import suggest

PLAYER = ("health", "ammo", "armor", "kills", "sinAngle", "cosAngle", "velocityForward", "velocityRight")
ENEMY = ("visible", "bearing", "distance", "width", "sinFacing", "cosFacing")
ITEM = ("visible", "bearing", "distance")
MOST_SLOTS = 64
DEPTH_UNIT = 7.25
HALF_DISTANCE = 512.0
HALF_AMMO = 50.0
HALF_KILLS = 10.0
FULL_POINTS = 100.0
FAST_UNITS = 30.0
# Rows at eye height that a ray looks at, as a share of the view's height.
BAND = 0.02
_VARIABLES = (
    "HEALTH",
    "SELECTED_WEAPON_AMMO",
    "ARMOR",
    "KILLCOUNT",
    "ANGLE",
    "VELOCITY_X",
    "VELOCITY_Y",
    "POSITION_X",
    "POSITION_Y",
)


def share(value: Any, half: float) -> Any:
    """0 at 0, 0.5 at `half`, towards 1 for ever: what is beyond all expectation still differs."""
    return value / (value + half)


class Features:
    """Writes the vector of one state; `names` are its entries, `warnings` tell of classes that Doom does not have."""

    def __init__(self, game: Any, options: dict[str, Any]) -> None:
        self._game = game
        self._enemies = whole("features.enemies", options.get("enemies", 0), 0, MOST_SLOTS)
        self._items = whole("features.items", options.get("items", 0), 0, MOST_SLOTS)
        self._rays = whole("features.rays", options.get("rays", 0), 0, game.get_screen_width())
        classes = options.get("names")
        if classes is not None and not (
            isinstance(classes, list) and classes and all(isinstance(name, str) for name in classes)
        ):
            raise bad_option("features.names", "a list of monster classes, for example DoomImp", classes)
        self._classes = None if classes is None else frozenset(name.lower() for name in classes)
        self.warnings = [
            _odd_class(name) for name in classes or [] if name.lower() not in {known.lower() for known in MONSTERS}
        ]
        self.names = [
            *PLAYER,
            *(f"ray{index}" for index in range(self._rays)),
            *(f"enemy{slot}.{name}" for slot in range(self._enemies) for name in ENEMY),
            *(f"item{slot}.{name}" for slot in range(self._items) for name in ITEM),
        ]
        self._variables = [getattr(vizdoom.GameVariable, name) for name in _VARIABLES]
        self._strips = np.linspace(0, game.get_screen_width(), self._rays + 1).astype(np.intp)
        depths = np.arange(256) + 0.5
        self._walls = (
            share(DEPTH_UNIT * depths, HALF_DISTANCE) / share(DEPTH_UNIT * depths[255], HALF_DISTANCE)
        ).astype(np.float32)

    def read(self, state: Any) -> np.ndarray:
        """The features of a live state, float32, a fresh array."""
        out = np.zeros(len(self.names), dtype=np.float32)
        health, ammo, armor, kills, angle, along_x, along_y, x, y = [
            self._game.get_game_variable(one) for one in self._variables
        ]
        sine, cosine = np.sin(np.deg2rad(angle)), np.cos(np.deg2rad(angle))
        out[: len(PLAYER)] = (
            _signed(max(health, 0.0) / (2 * FULL_POINTS)),
            _signed(share(max(ammo, 0.0), HALF_AMMO)),
            _signed(armor / (2 * FULL_POINTS)),
            _signed(share(kills, HALF_KILLS)),
            sine,
            cosine,
            (along_x * cosine + along_y * sine) / FAST_UNITS,
            (along_x * sine - along_y * cosine) / FAST_UNITS,
        )
        np.clip(out, -1.0, 1.0, out=out)
        at = len(PLAYER)
        if self._rays:
            self._look(state, out[at : at + self._rays])
        self._name(state, x, y, out[at + self._rays :])
        return out

    def _look(self, state: Any, out: np.ndarray) -> None:
        """The nearest wall of each strip, at eye height, where no floor or step is in the way, and not on sprites."""
        depth = state.depth_buffer
        height = depth.shape[0]
        # The status bar, where there is one, is 32 of 200 rows high and has no depth; the horizon is the middle of what
        # is left.
        view = height - height * 32 // 200 if not depth[-1].any() else height
        reach = max(1, round(view * BAND))
        rows = slice(view // 2 - reach, view // 2 + reach)
        band, names = depth[rows], state.labels_buffer[rows]
        # Of a column the farthest bare pixel is the wall. Columns that a sprite hides are left out; a strip that is all
        # hidden shows the sprite.
        bare = np.where(names == 0, band, 0).max(axis=0)
        nearest = np.minimum.reduceat(np.where(bare > 0, bare, 255), self._strips[:-1])
        hidden = np.maximum.reduceat(bare, self._strips[:-1]) == 0
        out[:] = self._walls[np.where(hidden, np.maximum.reduceat(band.max(axis=0), self._strips[:-1]), nearest)]

    def _name(self, state: Any, x: float, y: float, out: np.ndarray) -> None:
        """Fills the slots of enemies and items, nearest first."""
        enemies, items = [], []
        for label in state.labels:
            name, category = label.object_name, label.object_category
            enemy = is_enemy(name, category, self._classes)
            if not enemy and not is_item(name, category):
                continue
            dx, dy = label.object_position_x - x, label.object_position_y - y
            (enemies if enemy else items).append((np.hypot(dx, dy), dx, dy, label))
        width = float(state.depth_buffer.shape[1])
        for slot, (distance, dx, dy, label) in enumerate(sorted(enemies, key=_distance)[: self._enemies]):
            # The angle at which the player stands, seen from the enemy, against the angle it faces.
            facing = np.deg2rad(label.object_angle) - np.arctan2(-dy, -dx)
            at = slot * len(ENEMY)
            out[at : at + len(ENEMY)] = (
                *_seen(label, distance, width),
                label.width / width,
                np.sin(facing),
                np.cos(facing),
            )
        start = self._enemies * len(ENEMY)
        for slot, (distance, _dx, _dy, label) in enumerate(sorted(items, key=_distance)[: self._items]):
            at = start + slot * len(ITEM)
            out[at : at + len(ITEM)] = _seen(label, distance, width)


def _seen(label: Any, distance: float, width: float) -> tuple[float, float, float]:
    return 1.0, (2 * label.x + label.width) / width - 1, share(distance, HALF_DISTANCE)


def _distance(thing: tuple[float, float, float, Any]) -> float:
    return thing[0]


def _signed(value: float) -> float:
    return 2 * value - 1


def _odd_class(name: str) -> dict[str, Any]:
    near = suggest(name, MONSTERS)
    hint = f", did you mean '{near}'?" if near else ""
    return {
        "line": 0,
        "text": f"features.names: {name}",
        "reason": f"Doom has no monster of this class{hint} (a wad may have one)",
    }
