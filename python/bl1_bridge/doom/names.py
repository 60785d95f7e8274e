"""Names the user may misspell (buttons, variables, resolutions, ...), looked up once, with a suggestion when they are
unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

import vizdoom

from ..errors import HostError

ENUMS: dict[str, Any] = {
    "button": vizdoom.Button,
    "variable": vizdoom.GameVariable,
    "resolution": vizdoom.ScreenResolution,
    "format": vizdoom.ScreenFormat,
    "mode": vizdoom.Mode,
    "automapMode": vizdoom.AutomapMode,
    "samplingRate": vizdoom.SamplingRate,
}
MEMBERS: dict[str, dict[str, Any]] = {kind: dict(enum.__members__) for kind, enum in ENUMS.items()}


def suggest(received: str, known: Iterable[str]) -> str | None:
    """The known name nearest to what came (capitals do not count), if one is near."""
    by_upper = {name.upper(): name for name in known}
    near = get_close_matches(received.upper(), list(by_upper), n=1, cutoff=0.6)
    return by_upper[near[0]] if near else None


def unknown_name(kind: str, received: object, known: Iterable[str]) -> HostError:
    """The error for a name that is not known, ready to raise."""
    names = list(known)
    suggestion = suggest(str(received), names)
    hint = f" Did you mean '{suggestion}'?" if suggestion else ""
    return HostError(
        "doom/name",
        f"'{received}' is not a known {kind}.{hint}",
        kind=kind,
        received=str(received),
        known=names,
        suggestion=suggestion,
    )


def member(kind: str, name: object) -> Any:
    """The engine's enum member of that name (any case), or HostError('doom/name')."""
    found = MEMBERS[kind].get(name.upper()) if isinstance(name, str) else None
    if found is None:
        raise unknown_name(kind, name, MEMBERS[kind])
    return found


def members(kind: str, names: Iterable[object]) -> list[Any]:
    """Enum members of a list of names, each once: the engine would drop a second one silently and shift the rest."""
    found = [member(kind, name) for name in names]
    for index, one in enumerate(found):
        if one in found[:index]:
            raise HostError(
                "doom/name",
                f"The {kind} '{one.name}' is named twice.",
                kind=kind,
                received=one.name,
                known=[],
                suggestion=None,
            )
    return found
