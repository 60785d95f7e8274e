"""What the tests of the Doom host share: options of `make`, a host in this process, a run as one comparable value."""

from __future__ import annotations

import os
import tempfile
import unittest
from collections.abc import Callable
from typing import Any

import numpy as np

from bl1_bridge.doom.host import DoomHost
from bl1_bridge.doom.scenario import SCENARIOS
from bl1_bridge.errors import HostError
from bl1_bridge.guard import Guard
from bl1_bridge.server import HostContext

RGB = {"format": "rgb", "crop": None, "size": None}


class NotedGuard(Guard):
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.pids: list[int] = []
        self.paths: list[str] = []

    def watch(self, pid: int) -> None:
        self.pids.append(pid)

    def unlink(self, path: str) -> None:
        self.paths.append(path)


def options(**asked: Any) -> dict[str, Any]:
    """The options that the TypeScript side sends when nothing was asked for, with some of them changed."""
    return {
        "scenario": "basic",
        "wad": None,
        "iwad": None,
        "map": None,
        "skill": None,
        "resolution": "RES_320X240",
        "seed": None,
        "screen": None,
        "depth": False,
        "labels": False,
        "automap": None,
        "audio": False,
        "notifications": False,
        "features": None,
        "variables": None,
        "buttons": None,
        "mode": "PLAYER",
        "ticrate": 35,
        "timeoutTics": None,
        "startTic": None,
        "render": {},
        "renderPicture": False,
        "args": "",
        "allowCommands": False,
        "reward": {},
        "ticsPerStep": 4,
        "peek": [],
        **asked,
    }


class DoomTest(unittest.TestCase):
    """A folder of its own for every test (the engine writes where it runs), and hosts that are closed after it."""

    def setUp(self) -> None:
        before = os.getcwd()
        folder = tempfile.TemporaryDirectory()
        self.folder = folder.name
        os.chdir(folder.name)
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, before)
        self.guard = NotedGuard()

    def make(self, **asked: Any) -> DoomHost:
        """A host that is closed when the test is over."""
        host = DoomHost(options(**asked), HostContext(self.guard))
        self.addCleanup(host.close)
        return host

    def refused(self, code: str, call: Callable[[], Any]) -> HostError:
        """The HostError that a call raises, of that code."""
        with self.assertRaises(HostError) as caught:
            call()
        self.assertEqual(caught.exception.code, code, caught.exception.message)
        return caught.exception

    def write(self, name: str, content: str | bytes) -> str:
        """A file in the test's folder; its path."""
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return path

    def cfg(self, lines: str) -> str:
        """The wheel's basic.cfg with more lines; its path."""
        with open(os.path.join(SCENARIOS, "basic.cfg"), encoding="utf-8") as file:
            text = file.read().replace("basic.wad", os.path.join(SCENARIOS, "basic.wad"))
        return self.write("changed.cfg", f"{text}\n{lines}\n")


def pressed(host: DoomHost, *names: str) -> np.ndarray:
    """The action that holds these buttons."""
    known = [button["name"] for button in host.describe()[0]["buttons"]]
    return np.array([1.0 if name in names else 0.0 for name in known])


def step(host: DoomHost, *names: str, tics: int = 4) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """One step with these buttons."""
    return host.handle("step", {"tics": tics}, {"action": pressed(host, *names)})


def reset(host: DoomHost, seed: int = 1, **body: Any) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """One reset."""
    return host.handle("reset", {"seed": seed, **body}, {})


def until_end(
    host: DoomHost, *names: str, tics: int = 4, most: int = 3000
) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Steps with these buttons until the episode ends; the last reply."""
    for _ in range(most):
        reply = step(host, *names, tics=tics)
        if reply[0]["finished"]:
            return reply
    raise AssertionError(f"the episode did not end in {most} steps")


def run(host: DoomHost, seed: int, steps: int, keys: tuple[str, ...] = ("variables", "tracked")) -> list[Any]:
    """Everything that a seed must fix of an episode with random buttons: rewards, flags and the arrays of `keys`."""
    rng = np.random.default_rng(seed)
    body, arrays = reset(host, seed)
    told: list[Any] = [body["tic"], [arrays[key].tobytes() for key in keys]]
    buttons = len(host.describe()[0]["buttons"])
    for _ in range(steps):
        body, arrays = host.handle("step", {"tics": 4}, {"action": (rng.random(buttons) < 0.4).astype(np.float64)})
        told.append(
            ({key: value for key, value in body.items()}, [arrays[key].tobytes() for key in keys if key in arrays])
        )
        if body["finished"]:
            break
    return told


def tracked(host: DoomHost, arrays: dict[str, np.ndarray], name: str) -> float:
    """One tracked variable."""
    return float(arrays["tracked"][host.describe()[0]["tracked"].index(name)])
