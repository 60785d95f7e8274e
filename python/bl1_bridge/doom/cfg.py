"""Reading a ViZDoom cfg as strictly as the engine reads it carelessly.

The engine skips a line that it does not understand with a remark on stderr, and clamps some values without one, so that
a slip of the pen silently changes the task. Here every line is parsed and judged; after the engine has loaded the file,
what it resolved is compared with what was asked.

What the engine takes (1.3.2): `key = value`, keys in snake_case or written together, capitals anywhere; `#` only at the
start of a line (not after a value); lists in `{ }` separated by blanks, over lines, with `+=` to append;
true/false/1/0; file names without quotes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ..errors import HostError
from .names import MEMBERS, suggest

Problem = dict[str, Any]


@dataclass(frozen=True)
class Key:
    """One key: the kind of its value, and how to read back what the engine made of it (None: it has no getter)."""

    kind: str
    read: Callable[[Any], Any] | None = None


def _of(method: str) -> Callable[[Any], Any]:
    return lambda game: getattr(game, method)()


_REWARDS = (
    "living_reward",
    "death_penalty",
    "death_reward",
    "map_exit_reward",
    "kill_reward",
    "secret_reward",
    "item_reward",
    "frag_reward",
    "hit_reward",
    "hit_taken_reward",
    "hit_taken_penalty",
    "damage_made_reward",
    "damage_taken_reward",
    "damage_taken_penalty",
    "health_reward",
    "armor_reward",
)
_BUFFERS = (
    "depth_buffer",
    "labels_buffer",
    "automap_buffer",
    "audio_buffer",
    "notifications_buffer",
    "objects_info",
    "sectors_info",
)
_UNREAD_FLAGS = (
    "render_hud",
    "render_minimal_hud",
    "render_weapon",
    "render_crosshair",
    "render_decals",
    "render_particles",
    "render_effects_sprites",
    "render_messages",
    "render_corpses",
    "render_screen_flashes",
    "render_all_frames",
    "automap_rotate",
    "automap_render_textures",
    "automap_render_objects_as_sprites",
    "window_visible",
    "console_enabled",
    "sound_enabled",
)
KEYS: dict[str, Key] = {
    **{name: Key("number", _of(f"get_{name}")) for name in _REWARDS},
    **{f"{name}_enabled": Key("flag", _of(f"is_{name}_enabled")) for name in _BUFFERS},
    **{name: Key("flag") for name in _UNREAD_FLAGS},
    **{
        name: Key("whole", _of(f"get_{name}"))
        for name in (
            "episode_timeout",
            "episode_start_time",
            "doom_skill",
            "ticrate",
            "seed",
            "audio_buffer_size",
            "notifications_buffer_size",
        )
    },
    "doom_map": Key("text", _of("get_doom_map")),
    "game_args": Key("args", _of("get_game_args")),
    "doom_scenario_path": Key("path", _of("get_doom_scenario_path")),
    "doom_game_path": Key("path", _of("get_doom_game_path")),
    "doom_config_path": Key("path", _of("get_doom_config_path")),
    "vizdoom_path": Key("path", _of("get_vizdoom_path")),
    "mode": Key("mode", _of("get_mode")),
    "screen_format": Key("format", _of("get_screen_format")),
    "screen_resolution": Key("resolution", lambda game: (game.get_screen_width(), game.get_screen_height())),
    "automap_mode": Key("automapMode"),
    "audio_sampling_rate": Key("samplingRate", _of("get_audio_sampling_rate")),
    "available_buttons": Key("buttons", _of("get_available_buttons")),
    "available_game_variables": Key("variables", _of("get_available_game_variables")),
}
_BY_JOINED = {name.replace("_", ""): name for name in KEYS}
_LISTS = {"buttons": "button", "variables": "variable"}
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
# The engine's table of buttons in cfg files has this one under another name.
_ENGINE_SPELLINGS = {("button", "ACTIVATE_SELECTED_WEAPON"): "ACTIVATE_SELECTED_ITEM"}
# The most that is read of a cfg: the largest in the wheel has 1.3 KB.
_MOST_BYTES = 1 << 20


@dataclass
class Entry:
    """One assignment: `value` is text, `items` the members of a list."""

    name: str
    line: int
    text: str
    append: bool
    value: str
    items: list[str] = field(default_factory=list)


def _problem(line: int, text: str, reason: str) -> Problem:
    return {"line": line, "text": text.strip(), "reason": reason}


class Cfg:
    """A parsed cfg: its `entries` in order, and `problems` that the engine would ignore."""

    def __init__(self, text: str) -> None:
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self._lines = text.splitlines()
        self._at = 0
        while self._at < len(self._lines):
            number, line = self._at + 1, self._lines[self._at].strip()
            self._at += 1
            if line and not line.startswith("#"):
                self._assignment(number, line)
        for entry in self.entries:
            reason = _judge(entry)
            if reason is not None:
                self.problems.append(_problem(entry.line, entry.text, reason))
        self.problems.sort(key=lambda problem: problem["line"])

    def last(self, key: str) -> str | None:
        """The value that counts for a key: its last one; None where the file says nothing about it."""
        return next((entry.value for entry in reversed(self.entries) if entry.name == key), None)

    def _assignment(self, number: int, line: str) -> None:
        sign = "+=" if "+=" in line else "="
        written, equals, value = line.partition(sign)
        if not equals:
            self.problems.append(_problem(number, line, "no '=' in this line: write key = value"))
            return
        lower = written.strip().lower()
        name = _BY_JOINED.get(lower.replace("_", ""))
        if name is not None and lower not in (name, name.replace("_", "")):
            self.problems.append(_problem(number, line, f"the engine knows this key only as '{name}'"))
            return
        if name is None:
            near = suggest(lower, KEYS)
            hint = f", did you mean '{near}'?" if near else ""
            self.problems.append(_problem(number, line, f"'{written.strip()}' is not a key of the engine{hint}"))
            if "{" in value and "}" not in value:
                self._braces(value)
            return
        entry = Entry(name, number, line, sign == "+=", value.strip())
        if KEYS[name].kind in _LISTS:
            content = self._braces(value)
            if content is None:
                self.problems.append(_problem(number, line, "a list must stand in { }, with nothing behind it"))
                return
            entry.items = content.split()
        self.entries.append(entry)

    def _braces(self, value: str) -> str | None:
        """What stands in { }, the rest of which may be on the next lines; None where the braces are wrong."""
        content = value.strip()
        while content == "" or (content.startswith("{") and not content.endswith("}")):
            if self._at >= len(self._lines):
                return None
            line = self._lines[self._at].strip()
            # The engine, too, takes a forgotten } for a list that goes on: stop at the next assignment instead of
            # eating it.
            if "=" in line and not line.startswith("#"):
                return None
            self._at += 1
            content = f"{content} {'' if line.startswith('#') else line}".strip()
        return content[1:-1] if content.startswith("{") else None

    def mismatches(self, game: Any) -> list[Problem]:
        """What the engine resolved otherwise than asked, after it has loaded the file."""
        found = []
        for name, entries in self._by_key().items():
            key, last = KEYS[name], entries[-1]
            if key.read is None:
                continue
            asked, resolved = _asked(key.kind, entries), _plain(key.kind, key.read(game))
            if asked is not None and asked != resolved:
                found.append(_problem(last.line, last.text, f"the engine made {_show(resolved)} of it"))
        return found

    def _by_key(self) -> dict[str, list[Entry]]:
        grouped: dict[str, list[Entry]] = {}
        for entry in self.entries:
            grouped.setdefault(entry.name, []).append(entry)
        return grouped


def read_cfg(path: str) -> Cfg:
    """Parses the cfg at `path`, or raises HostError('doom/file')."""
    try:
        if os.path.getsize(path) > _MOST_BYTES:
            raise HostError(
                "doom/file",
                f"{path} is too long for a cfg",
                path=path,
                kind="cfg",
                reason=f"it has more than {_MOST_BYTES} bytes",
            )
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        reason = (
            "there is no such file" if isinstance(error, FileNotFoundError) else f"it cannot be read as text ({error})"
        )
        raise HostError("doom/file", f"cfg {path}: {reason}", path=path, kind="cfg", reason=reason) from error
    return Cfg(text)


def config_error(path: str, problems: Iterable[Problem]) -> HostError:
    """The error for lines that the engine would ignore or read otherwise."""
    lines = list(problems)
    told = "; ".join(f"line {problem['line']} '{problem['text']}': {problem['reason']}" for problem in lines)
    return HostError("doom/config", f"{path}: {told}", path=path, lines=lines)


def _judge(entry: Entry) -> str | None:
    """What is wrong with a value, in words; None when nothing is."""
    kind, value = KEYS[entry.name].kind, entry.value
    if kind in _LISTS:
        if not entry.items and entry.append:
            return "nothing to append"
        reasons = (_unknown(_LISTS[kind], item) for item in entry.items)
        return next((reason for reason in reasons if reason), None)
    if entry.append and kind != "args":
        return "+= is for lists and game_args only"
    if value == "" and kind != "args":
        return "no value"
    if kind == "flag":
        return None if value.lower() in _FLAGS else "the engine takes true or false"
    if kind in ("whole", "number"):
        return _judge_number(kind, value)
    if kind in MEMBERS:
        return _unknown(kind, value)
    if kind == "path" and value[0] in "\"'":
        return "file names are written without quotes"
    return None


def _judge_number(kind: str, value: str) -> str | None:
    if kind == "whole":
        return None if value.isascii() and value.isdigit() else "the engine takes a whole number from 0"
    try:
        number = float(value)
    except ValueError:
        return "the engine takes a number"
    return None if abs(number) < 1e30 else "the engine takes a finite number"


def _unknown(kind: str, value: str) -> str | None:
    name = value.upper()
    if name in MEMBERS[kind]:
        if (kind, name) == ("button", "ACTIVATE_SELECTED_ITEM"):
            return "in a cfg the engine knows it only as 'ACTIVATE_SELECTED_WEAPON'"
        return None
    if (kind, name) in _ENGINE_SPELLINGS:
        return None
    near = suggest(value, MEMBERS[kind])
    hint = f", did you mean '{near}'?" if near else ""
    return f"'{value}' is not a known {kind}{hint}"


def _asked(kind: str, entries: list[Entry]) -> Any:
    """The value that all entries of one key ask for, in the form of `_plain`; None where it cannot be compared."""
    value = entries[-1].value
    if kind in _LISTS:
        names: list[str] = []
        for entry in entries:
            names = names if entry.append else []
            upper = [_ENGINE_SPELLINGS.get((_LISTS[kind], item.upper()), item.upper()) for item in entry.items]
            names += [name for index, name in enumerate(upper) if name not in names and name not in upper[:index]]
        return names
    if kind == "flag":
        return _FLAGS[value.lower()]
    if kind in ("whole", "number"):
        return float(value)
    if kind == "resolution":
        width, height = value.upper().removeprefix("RES_").split("X")
        return f"{width}x{height}"
    if kind in MEMBERS:
        return value.upper()
    return value.lower() if kind == "text" else None


def _plain(kind: str, value: Any) -> Any:
    if kind in _LISTS:
        return [one.name for one in value]
    if kind == "resolution":
        return f"{value[0]}x{value[1]}"
    if kind in ("whole", "number"):
        return float(value)
    if kind == "samplingRate" and isinstance(value, int):
        return f"SR_{value}"
    if kind in MEMBERS:
        return value.name
    return value.lower() if kind == "text" else value


def _show(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
