"""What can be looked at when asked, as plain JSON: labels, objects, sectors and the server's state."""

from __future__ import annotations

from typing import Any

from ..errors import HostError
from .checks import bad_option

PEEKS = ("labels", "objects", "sectors", "server")
_PLACE = ("position_x", "position_y", "position_z", "angle", "pitch", "roll", "velocity_x", "velocity_y", "velocity_z")


def _label(label: Any) -> dict[str, Any]:
    return {
        "value": label.value,
        "box": [label.x, label.y, label.width, label.height],
        "id": label.object_id,
        "name": label.object_name,
        "category": label.object_category,
        **{_camel(key): getattr(label, f"object_{key}") for key in _PLACE},
    }


def _object(thing: Any) -> dict[str, Any]:
    return {
        "id": thing.id,
        "name": thing.name,
        "category": thing.category,
        "sector": thing.sector_id,
        **{_camel(key): getattr(thing, key) for key in _PLACE},
    }


def _sector(sector: Any) -> dict[str, Any]:
    return {
        "id": sector.id,
        "floorHeight": sector.floor_height,
        "ceilingHeight": sector.ceiling_height,
        "lines": [
            {"x1": line.x1, "y1": line.y1, "x2": line.x2, "y2": line.y2, "blocking": line.is_blocking}
            for line in sector.lines
        ],
    }


def _server(game: Any) -> dict[str, Any]:
    state = game.get_server_state()
    return {
        "tic": state.tic,
        "playerCount": state.player_count,
        "playersInGame": list(state.players_in_game),
        "playersFrags": list(state.players_frags),
        "playersNames": list(state.players_names),
        "playersAfk": list(state.players_afk),
        "playersLastActionTic": list(state.players_last_action_tic),
        "playersLastKillTic": list(state.players_last_kill_tic),
    }


def _camel(key: str) -> str:
    head, *rest = key.split("_")
    return head + "".join(part.capitalize() for part in rest)


_READERS = {"labels": _label, "objects": _object, "sectors": _sector}


def peek(game: Any, state: Any, what: Any) -> dict[str, Any]:
    """The asked parts of a state (the last one, after the end)."""
    if not isinstance(what, list) or any(part not in PEEKS for part in what):
        raise bad_option("what", f"a list of {', '.join(PEEKS)}", what)
    found: dict[str, Any] = {}
    for part in what:
        if part == "server":
            found[part] = _server(game)
            continue
        things = None if state is None else getattr(state, part)
        if things is None:
            raise HostError("doom/peek-off", f"'{part}' was not asked for when the game was made.", part=part)
        found[part] = [_READERS[part](thing) for thing in things]
    return found
