"""Plays one Gymnasium environment for the other side of the bridge.

Verbs: `make` (by constructing GymnasiumHost), `reset`, `step`, `render`. Nothing is evaluated: an environment is chosen
by its registered id, and its keyword arguments are plain JSON. An id with a module in front ('module:Env-v0') imports
that module, so it is refused unless `allowImport` is set.
"""

from __future__ import annotations

import math
import os
import sys
import traceback
from typing import Any, Callable

import numpy

from bl1_bridge.errors import LAST_LINES, HostError, said, sayable
from bl1_bridge.gymnasium_info import info_json, whole
from bl1_bridge.gymnasium_values import Incoming, Outgoing, bad_value

# Ours are 'ansi' and 'rgb_array'; the others open windows or return lists of these.
RENDER_MODES = ("ansi", "rgb_array")
USUAL_FPS = 30

Reply = tuple[dict[str, Any], dict[str, numpy.ndarray]]


def _last_lines() -> str:
    return "\n".join(sayable(traceback.format_exc()).strip().splitlines()[-LAST_LINES:])


def _import_gymnasium() -> Any:
    # Pictures are drawn in memory: no window, no sound, no greeting.
    quiet = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    for name, value in quiet.items():
        os.environ.setdefault(name, value)
    try:
        import gymnasium
    except ImportError as error:
        raise HostError("pythonEnv/not-installed", said(error), python=sys.executable, reason=said(error)) from error
    return gymnasium


class GymnasiumHost:
    """One environment, made by `gymnasium.make`."""

    def __init__(self, options: dict[str, Any], _context: Any) -> None:
        self._gymnasium = _import_gymnasium()
        from bl1_bridge.gymnasium_spaces import port_of

        self._id = str(options["id"])
        if ":" in self._id and options.get("allowImport") is not True:
            raise HostError("pythonEnv/import", f"'{self._id}' imports a module", id=self._id)
        self._env = self._make(options)
        try:
            self._observation = port_of(self._env.observation_space, "observation")
            self._action = port_of(self._env.action_space, "action")
        except HostError:
            self.close()
            raise
        self._verbs: dict[str, Callable[[dict[str, Any], dict[str, numpy.ndarray]], Reply]] = {
            "reset": self._reset,
            "step": self._step,
            "render": self._render,
        }

    def _make(self, options: dict[str, Any]) -> Any:
        given: dict[str, Any] = whole(options.get("kwargs") or {})
        if options.get("renderMode") is not None:
            given["render_mode"] = options["renderMode"]
        limit = options.get("maxEpisodeSteps")
        error = self._gymnasium.error
        try:
            # The checker of the other side looks at more, and only when it is asked to.
            return self._gymnasium.make(
                self._id, max_episode_steps=None if limit is None else int(limit), disable_env_checker=True, **given
            )
        except (error.UnregisteredEnv, error.DeprecatedEnv) as unknown:
            raise HostError("pythonEnv/unknown", str(unknown), id=self._id, reason=str(unknown)) from unknown
        except (Exception, SystemExit) as failed:
            reason = said(failed)
            raise HostError("pythonEnv/make", reason, id=self._id, reason=reason, lastWords=_last_lines()) from failed

    def _call(self, doing: str, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
        try:
            return call(*given, **named)
        except (Exception, SystemExit) as failed:
            reason = said(failed)
            raise HostError("pythonEnv/raised", reason, doing=doing, reason=reason, lastWords=_last_lines()) from failed

    def _parts(self, doing: str, names: str, returned: Any) -> tuple[Any, ...]:
        if isinstance(returned, (tuple, list)) and len(returned) == len(names.split(", ")):
            return tuple(returned)
        # Environments written for the older Gym return one less.
        raise bad_value(f"{doing}()", f"({names})", repr(returned)[:80])

    def describe(self) -> Reply:
        """The spaces, and what Gymnasium's registry says of the environment."""
        bounds = Outgoing()
        spec, metadata = self._env.spec, self._env.metadata or {}
        body = {
            "gymnasium": self._gymnasium.__version__,
            "observation": self._observation.describe(bounds),
            "action": self._action.describe(bounds),
            "renderModes": [mode for mode in RENDER_MODES if mode in (metadata.get("render_modes") or [])],
            "renderFps": float(metadata.get("render_fps") or USUAL_FPS),
            "maxEpisodeSteps": None if spec is None else spec.max_episode_steps,
            "rewardThreshold": None if spec is None or spec.reward_threshold is None else float(spec.reward_threshold),
            "nondeterministic": spec is not None and bool(spec.nondeterministic),
        }
        return body, bounds.arrays()

    def handle(self, verb: str, body: dict[str, Any], arrays: dict[str, numpy.ndarray]) -> Reply:
        """Answers one request."""
        if verb not in self._verbs:
            raise HostError("pythonEnv/verb", f"there is no '{verb}'", verb=verb, known=list(self._verbs))
        return self._verbs[verb](body, arrays)

    def _seen(self, observation: Any, body: dict[str, Any]) -> Reply:
        out = Outgoing()
        self._observation.write(observation, out)
        body["plain"] = out.plain
        return body, out.arrays()

    def _reset(self, body: dict[str, Any], _arrays: dict[str, numpy.ndarray]) -> Reply:
        options = whole(body.get("options") or {})
        # A seed above 2^32 travels as a float, which is exact up to 2^53; NumPy wants an int and takes any.
        returned = self._call("reset", self._env.reset, seed=int(body["seed"]), options=options or None)
        observation, info = self._parts("reset", "observation, info", returned)
        return self._seen(observation, info_json(info))

    def _step(self, body: dict[str, Any], arrays: dict[str, numpy.ndarray]) -> Reply:
        action = self._action.read(Incoming(body.get("plain") or [], arrays))
        returned = self._call("step", self._env.step, action)
        parts = self._parts("step", "observation, reward, terminated, truncated, info", returned)
        observation, reward, terminated, truncated, info = parts
        try:
            points = float(reward)
        except (TypeError, ValueError):
            raise bad_value("reward", "a number", repr(reward)[:80]) from None
        if not math.isfinite(points):
            raise bad_value("reward", "a finite number", str(points))
        end = {"reward": points, "terminated": bool(terminated), "truncated": bool(truncated)}
        return self._seen(observation, {**end, **info_json(info)})

    def _render(self, _body: dict[str, Any], _arrays: dict[str, numpy.ndarray]) -> Reply:
        shown = self._call("render", self._env.render)
        if isinstance(shown, str):
            return {"text": shown}, {}
        picture = numpy.asarray(shown)
        if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != numpy.uint8:
            received = f"{type(shown).__name__} of shape {picture.shape}, type {picture.dtype}"
            raise bad_value("render()", "a text, or a picture of height x width x 3 bytes", received)
        return {}, {"picture": numpy.array(picture, order="C")}

    def close(self) -> None:
        """Frees what the environment holds."""
        self._env.close()
