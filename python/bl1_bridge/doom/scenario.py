"""Which cfg, which game files, which map: found and checked before an engine starts that would hang or die on them."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass, field
from typing import Any

import vizdoom

from ..errors import HostError
from .cfg import Cfg, Problem
from .checks import bad_option
from .names import unknown_name
from .wads import GameFile

SCENARIOS = os.path.abspath(vizdoom.scenarios_path)
PACKAGE = os.path.dirname(SCENARIOS)
DEFAULT_MAP = "map01"
ABSOLUTE = {"doom_scenario_path": "set_doom_scenario_path", "doom_game_path": "set_doom_game_path"}


def scenario_names() -> list[str]:
    """The scenarios of the wheel."""
    return sorted(name[:-4] for name in os.listdir(SCENARIOS) if name.endswith(".cfg"))


@dataclass
class Settings:
    """A configured game that has not started yet, and what is known about it."""

    game: Any
    cfg_path: str
    warnings: list[Problem] = field(default_factory=list)
    maps: list[str] = field(default_factory=list)
    files: list[GameFile] = field(default_factory=list)

    def known_map(self, name: object) -> str:
        """The map, if the files hold it: with another one the engine would hang for ever."""
        if not isinstance(name, str) or name.upper() not in self.maps:
            raise HostError("doom/map", f"There is no map '{name}'.", received=str(name), known=self.maps)
        return name

    def lacks_start(self, name: str) -> bool:
        """Whether that map has no start for player one: the engine would end, and this process with it."""
        holder = next((file for file in self.files if name.upper() in file.maps), None)
        return holder is not None and holder.lacks_start(name)


def find_cfg(scenario: object) -> str:
    """The cfg of a shipped scenario's name, or an absolute path as it is."""
    if not isinstance(scenario, str) or scenario == "":
        raise bad_option("scenario", "the name of a scenario or the path of a cfg", scenario)
    if os.path.isabs(scenario):
        return scenario
    name = scenario.removesuffix(".cfg")
    known = scenario_names()
    if name not in known:
        raise unknown_name("scenario", scenario, known)
    return os.path.join(SCENARIOS, f"{name}.cfg")


def use_files(settings: Settings, cfg: Cfg, options: dict[str, Any]) -> None:
    """Scenario wad and game data, checked before the engine sees them; `maps` is what they hold together."""
    game = settings.game
    # The wheel's cfg files say that a path may be absolute, yet the engine puts the folder of the cfg before it.
    for name, setter in ABSOLUTE.items():
        value = cfg.last(name)
        if value is not None and os.path.isabs(value):
            getattr(game, setter)(value)
    for name in ("wad", "iwad"):
        if not isinstance(options.get(name), (str, type(None))):
            raise bad_option(name, "the path of a file", options[name])
    if options.get("wad") is not None:
        game.set_doom_scenario_path(options["wad"])
    iwad = options.get("iwad")
    if iwad is None:
        iwad = game.get_doom_game_path() or os.path.join(PACKAGE, "freedoom2.wad")
        # What is not beside the cfg may be the wheel's own: its freedoom1.cfg says doom_game_path = freedoom1.wad.
        own = os.path.join(PACKAGE, os.path.basename(iwad))
        iwad = own if not os.path.isfile(iwad) and os.path.isfile(own) else iwad
    game.set_doom_game_path(iwad)
    wads = [(game.get_doom_scenario_path(), "wad")] if game.get_doom_scenario_path() else []
    settings.files = [GameFile(file, kind) for file, kind in [*wads, (iwad, "iwad")]]
    for file in settings.files:
        settings.maps += [name for name in file.maps if name not in settings.maps]


def use_map(settings: Settings, cfg: Cfg, options: dict[str, Any]) -> None:
    """The asked map, the cfg's, or where the engine's default does not exist the first one."""
    game, asked = settings.game, options.get("map")
    if asked is not None:
        game.set_doom_map(settings.known_map(asked))
    elif cfg.last("doom_map") is not None or DEFAULT_MAP.upper() in settings.maps or not settings.maps:
        settings.known_map(game.get_doom_map())
    else:
        # Doom 1 counts E1M1: the engine would start another map than its default, and hang at the next reset.
        game.set_doom_map(settings.maps[0])
        settings.warnings.append(
            {
                "line": 0,
                "text": f"doom_map = {settings.maps[0]}",
                "reason": f"the files hold no {DEFAULT_MAP}, so their first map is played",
            }
        )
    _deathmatch(settings, options.get("args") or "")


def _deathmatch(settings: Settings, args: object) -> None:
    """A map without a start for player one can only be played as a deathmatch: of a single player, then."""
    name = settings.game.get_doom_map()
    if not settings.lacks_start(name) or "-host" in str(args) or "-join" in str(args):
        return
    # The host of a game of one listens on a UDP port: any free one, or two games on a machine would meet.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    added = f"-host 1 -port {port} -deathmatch +sv_forcerespawn 1"
    settings.game.add_game_args(added)
    settings.warnings.append(
        {
            "line": 0,
            "text": f"game_args += {added}",
            "reason": f"{name} has starts for deathmatches only, so it is played as one of a single player "
            "(where the player starts is then not fixed by the seed)",
        }
    )
