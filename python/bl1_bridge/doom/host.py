"""The Doom host: one ViZDoom engine that answers make, reset, step, peek, render, automap, command, save, load and
close.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from typing import Any

import numpy as np
import vizdoom

from ..errors import HostError
from .buffers import Arrays, Buffers
from .checks import bad_option, whole
from .engine import FAILURES, Engine
from .features import Features
from .peek import PEEKS, peek
from .scenario import SCENARIOS, scenario_names
from .settings import SKILLS, configure, resolved

# Read at every step, also after the end, for events and rewards.
TRACKED = (
    "KILLCOUNT",
    "HEALTH",
    "ARMOR",
    "DAMAGECOUNT",
    "DAMAGE_TAKEN",
    "HITCOUNT",
    "HITS_TAKEN",
    "ITEMCOUNT",
    "SECRETCOUNT",
    "DEATHCOUNT",
    "FRAGCOUNT",
    "SELECTED_WEAPON",
    "SELECTED_WEAPON_AMMO",
    *(f"AMMO{slot}" for slot in range(10)),
    "POSITION_X",
    "POSITION_Y",
    "ANGLE",
)
CARRIED = frozenset(("DEATHCOUNT",))
CARRIED_ONLINE = frozenset(
    (
        "DEATHCOUNT",
        "DAMAGECOUNT",
        "DAMAGE_TAKEN",
        "HITCOUNT",
        "HITS_TAKEN",
        "KILLCOUNT",
        "FRAGCOUNT",
        "ITEMCOUNT",
        "SECRETCOUNT",
    )
)
MOST_TICS = 100_000
# A saved game is a picture with the game behind it. On another file the engine plays on and says nothing.
SAVE_MAGIC = b"\x89PNG\r\n\x1a\n"
Reply = tuple[dict[str, Any], Arrays]


class DoomHost:
    """One game. Calls come one after the other; the engine waits between them (unless its mode is asynchronous)."""

    def __init__(self, options: dict[str, Any], context: Any) -> None:
        self._options = options
        for name in options.get("peek") or []:
            if name not in PEEKS:
                raise bad_option("peek", f"a list of {', '.join(PEEKS)}", name)
        settings = configure(options)
        self._settings = settings
        game = self._game = settings.game
        self._buffers = Buffers(game, options)
        self._features = Features(game, options["features"]) if options.get("features") is not None else None
        self._buttons = game.get_available_buttons()
        self._variables = game.get_available_game_variables()
        # The engine hands the tracked ones over together with the user's: one array a state instead of a call for each.
        tracked = [getattr(vizdoom.GameVariable, name) for name in TRACKED]
        self._read = list(dict.fromkeys([*self._variables, *tracked]))
        self._tracked_at = np.array([self._read.index(variable) for variable in tracked])
        game.set_available_game_variables(self._read)
        self._engine = Engine(game, context.guard)
        # Counters that the engine carries from one episode into the next: told since the last reset, as a seed must fix
        # them.
        carried = CARRIED_ONLINE if game.is_multiplayer_game() else CARRIED
        self._carried = {at: variable for at, variable in enumerate(self._read) if variable.name in carried}
        self._before = np.zeros(len(self._read))
        self._needs_state = bool(self._buffers.shapes) or self._buffers.notifications or self._features is not None
        self._keeps_state = bool(options.get("renderPicture")) or self._needs_state
        self._state: Any = None
        self._playing = False
        self._episode = 0
        self._start_tic = 0
        self._tic = 0
        self._verbs: dict[str, Callable[[dict[str, Any], Arrays], Reply]] = {
            "step": self._step,
            "reset": self._reset,
            "peek": self._peek,
            "render": self._render,
            "automap": self._automap,
            "command": self._command,
            "save": self._save,
            "load": self._load,
        }

    def handle(self, verb: str, body: dict[str, Any], arrays: Arrays) -> Reply:
        """Answers one call; an engine that is gone is a fatal HostError('engine/crashed')."""
        call = self._verbs.get(verb)
        if call is None:
            raise HostError("doom/verb", f"This host does not know '{verb}'.", received=verb, known=sorted(self._verbs))
        try:
            return call(body, arrays)
        except FAILURES as error:
            raise self._engine.crashed(error) from error
        except vizdoom.ViZDoomIsNotRunningException as error:
            raise self._engine.crashed(error) from error

    def describe(self) -> Reply:
        """What `make` answers: buttons, variables, shapes, every resolved setting, and what was odd about the cfg."""
        game = self._game
        body = {
            "buttons": [
                {
                    "name": button.name,
                    "delta": vizdoom.is_delta_button(button),
                    "max": game.get_button_max_value(button),
                }
                for button in self._buttons
            ],
            "variables": [variable.name for variable in self._variables],
            "tracked": list(TRACKED),
            **self._buffers.shapes,
            "game": resolved(game),
            "warnings": self._settings.warnings + ([] if self._features is None else self._features.warnings),
            "maps": self._settings.maps,
            "vizdoom": vizdoom.__version__,
            "scenariosFolder": SCENARIOS,
            "scenarios": scenario_names(),
            "instanceId": self._engine.instance,
            "enginePid": self._engine.pid,
        }
        if self._features is not None:
            body["features"] = self._features.names
        return body, {}

    def close(self) -> None:
        """Ends the engine; nothing of it is left."""
        self._playing = False
        self._engine.close()

    def _reset(self, body: dict[str, Any], arrays: Arrays) -> Reply:
        game = self._game
        seed = whole("seed", body.get("seed"), 0, 2**32 - 1)
        if body.get("map") is not None:
            name = self._settings.known_map(body["map"])
            if self._settings.lacks_start(name) and not game.is_multiplayer_game():
                raise HostError("doom/map", f"{name} has starts for deathmatches only.", received=name, known=[])
            game.set_doom_map(name)
        if body.get("skill") is not None:
            # set_doom_skill says `skill set N` to a running engine, which reads it as `skill 0`: the easiest, whatever
            # N is. It counts from 0.
            game.send_game_command(f"skill {whole('skill', body['skill'], SKILLS[0], SKILLS[-1]) - 1}")
        # The engine draws the seed of an episode from the game's generator: a fresh generator at every reset makes it
        # depend on `seed` alone.
        game.set_seed(seed)
        record = body.get("record")
        game.new_episode(_place("record", record) if record is not None else "")
        for at, variable in self._carried.items():
            self._before[at] = game.get_game_variable(variable)
        self._episode += 1
        self._playing = True
        self._start_tic = self._tic = game.get_episode_time()
        reply: dict[str, Any] = {"tic": self._tic, "episode": self._episode}
        return reply, self._observe(reply, False)

    def _step(self, body: dict[str, Any], arrays: Arrays) -> Reply:
        if not self._playing:
            raise HostError("doom/over", "The episode has ended (or none has begun): reset first.")
        action = arrays.get("action")
        if action is None or action.shape != (len(self._buttons),):
            raise bad_option(
                "action", f"{len(self._buttons)} numbers, one a button", None if action is None else list(action.shape)
            )
        values = action.tolist()
        # One sum for all: it is not finite when one of them is not.
        if not math.isfinite(sum(values)):
            raise bad_option("action", "finite numbers", values)
        tics = whole("tics", body.get("tics"), 1, MOST_TICS)
        game = self._game
        reward = game.make_action(values, tics)
        finished = game.is_episode_finished()
        # On a map's exit the engine's clock is back at 0 already: the step was asked for `tics`, and took no more.
        self._tic = game.get_episode_time() or self._tic + tics
        reply: dict[str, Any] = {
            "reward": reward,
            "finished": finished,
            "dead": game.is_player_dead(),
            "timeout": game.is_episode_timeout_reached(),
            "tic": self._tic,
            "episodeTic": self._tic - self._start_tic,
            "stale": finished,
        }
        self._playing = not finished
        return reply, self._observe(reply, finished)

    def _observe(self, reply: dict[str, Any], finished: bool) -> Arrays:
        """Variables always; buffers and features while there is a state, which after the end there is not."""
        state = None
        if not finished and self._keeps_state:
            state = self._state = self._game.get_state()
        if state is None:
            values = np.array([self._game.get_game_variable(variable) for variable in self._read])
        else:
            values = state.game_variables
        values = values - self._before
        arrays = {"variables": values[: len(self._variables)], "tracked": values[self._tracked_at]}
        if state is None:
            return arrays
        self._buffers.read(state, arrays)
        if self._features is not None:
            arrays["features"] = self._features.read(state)
        if self._buffers.notifications:
            reply["notifications"] = state.notifications_buffer
        return arrays

    def _live_state(self) -> Any:
        """The present state, or after the end the last one that was kept."""
        state = self._game.get_state()
        return state if state is not None else self._state

    def _picture(self, name: str) -> Reply:
        state = self._live_state()
        picture = None if state is None else getattr(state, name)
        if picture is None:
            raise HostError("doom/no-picture", f"There is no {name}.", name=name)
        if picture.ndim == 2:
            picture = np.repeat(picture[:, :, np.newaxis], 3, axis=2)
        return {"stale": not self._playing}, {"picture": picture}

    def _render(self, body: dict[str, Any], arrays: Arrays) -> Reply:
        return self._picture("screen_buffer")

    def _automap(self, body: dict[str, Any], arrays: Arrays) -> Reply:
        return self._picture("automap_buffer")

    def _peek(self, body: dict[str, Any], arrays: Arrays) -> Reply:
        return peek(self._game, self._live_state(), body.get("what")), {}

    def _command(self, body: dict[str, Any], arrays: Arrays) -> Reply:
        if not self._options.get("allowCommands"):
            raise HostError("doom/command-off", "Console commands are off.", received=str(body.get("text", "")))
        text = body.get("text")
        if not isinstance(text, str):
            raise bad_option("text", "a console command", text)
        self._game.send_game_command(text)
        return {}, {}

    def _save(self, body: dict[str, Any], arrays: Arrays) -> Reply:
        path = _place("path", body.get("path"))
        before = _written_at(path)
        self._game.save(path)
        # The engine says nothing when it could not write.
        if _written_at(path) == before:
            raise _bad_file(path, "save", "the engine could not write it (is the disk full?)")
        return {"path": path}, {}

    def _load(self, body: dict[str, Any], arrays: Arrays) -> Reply:
        path = body.get("path")
        if not isinstance(path, str) or not os.path.isfile(path):
            raise _bad_file(path, "save", "there is no such file")
        with open(path, "rb") as file:
            if file.read(len(SAVE_MAGIC)) != SAVE_MAGIC:
                raise _bad_file(path, "save", "it is not a saved game")
        if not self._playing:
            raise HostError("doom/over", "The episode has ended (or none has begun): reset first, then load.")
        self._game.load(path)
        finished = self._game.is_episode_finished()
        self._playing = not finished
        self._tic = self._game.get_episode_time()
        reply: dict[str, Any] = {"tic": self._tic, "episode": self._episode}
        return reply, self._observe(reply, finished)


def _place(name: str, path: object) -> str:
    """A path the engine may write to: absolute, in a folder that exists."""
    if not isinstance(path, str) or not os.path.isabs(path):
        raise bad_option(name, "an absolute path", path)
    if not os.path.isdir(os.path.dirname(path)):
        raise _bad_file(path, name, "its folder does not exist")
    return path


def _bad_file(path: object, kind: str, reason: str) -> HostError:
    return HostError("doom/file", f"{path}: {reason}", path=str(path), kind=kind, reason=reason)


def _written_at(path: str) -> int | None:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return None
