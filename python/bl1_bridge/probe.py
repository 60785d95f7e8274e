"""The host that tests the bridge itself: `bl1 doctor` calls it to see that messages travel, the tests to see that failures are told.

verbs: `echo` (answers body and arrays), `sleep` { seconds } (the same, later), `fail` { kind: 'refusal' | 'exception' | 'fatal' | 'half' }, `die`
{ status } or { signal }, `spawn` { path? } (starts a process that sleeps, tells the guard of it, and of a name in shared memory where
one is given), `count` (of those), `describe` (as `make`), `buffer` { value, size } (one buffer, filled anew each time), `convert` (numbers
of other kinds than the wire has), `unsendable` { what } (answers that cannot be sent). The option `refuse` makes it refuse to be made.
"""
from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any, Mapping

import numpy as np

from bl1_bridge.errors import HostError

Answer = tuple[dict[str, Any], Mapping[str, np.ndarray]]


class ProbeHost:
    """Holds nothing but a buffer and the processes that it was asked to start."""

    def __init__(self, options: dict[str, Any], context: Any) -> None:
        if options.get("refuse") is True:
            raise HostError("probe/refused", "asked not to be made")
        self._options = options
        self._guard = context.guard
        self._processes: list[subprocess.Popen] = []
        self._buffer = np.zeros(0, np.uint8)

    def describe(self) -> Answer:
        """The options it was made with, its folder and the guard's process."""
        return {"options": self._options, "folder": os.getcwd(), "guard": getattr(self._guard, "pid", None)}, {}

    def handle(self, verb: str, body: dict[str, Any], arrays: dict[str, np.ndarray]) -> Answer:
        """Does what the verb says."""
        if verb == "echo":
            return body, arrays
        if verb == "sleep":
            time.sleep(body["seconds"])
            return body, arrays
        known = {
            "fail": self._fail,
            "die": self._die,
            "spawn": self._spawn,
            "count": self._count,
            "describe": lambda _body: self.describe(),
            "buffer": self._fill,
            "convert": self._convert,
            "unsendable": self._unsendable,
        }
        if verb not in known:
            raise HostError("probe/verb", f"the probe knows no {verb!r}", known=["echo", "sleep", *known])
        return known[verb](body)

    def close(self) -> None:
        """Ends the processes that it was asked to start."""
        for process in self._processes:
            process.kill()
            process.wait()

    def _fail(self, body: dict[str, Any]) -> Answer:
        kind = body["kind"]
        if kind == "exception":
            raise KeyError("asked to fail")
        if kind == "half":
            # Half a character, as in a file name of another encoding.
            raise HostError("probe/half", "asked for \udcff")
        raise HostError("probe/refused", "asked to fail", fatal=kind == "fatal", kind=kind)

    def _die(self, body: dict[str, Any]) -> Answer:
        # To stdout, as engines do: the parent hears it all the same.
        sys.stdout.write("the probe was asked to die\n")
        sys.stdout.flush()
        if "signal" in body:
            os.kill(os.getpid(), body["signal"])
        os._exit(body["status"])

    def _spawn(self, body: dict[str, Any]) -> Answer:
        path = body.get("path")
        # With a session of its own only the guard can find it.
        command = [sys.executable, "-c", "import time; time.sleep(600)"]
        process = subprocess.Popen(command, start_new_session=path is not None)
        self._processes.append(process)
        self._guard.watch(process.pid)
        if path is not None:
            self._guard.unlink(path)
        return {"pid": process.pid}, {}

    def _count(self, _body: dict[str, Any]) -> Answer:
        return {"spawned": len(self._processes)}, {}

    def _fill(self, body: dict[str, Any]) -> Answer:
        if self._buffer.size != body["size"]:
            self._buffer = np.zeros(body["size"], np.uint8)
        self._buffer.fill(body["value"])
        return {}, {"x": self._buffer}

    def _convert(self, _body: dict[str, Any]) -> Answer:
        return {"integer": np.int64(3), "truth": np.bool_(True), "fraction": np.float32(0.5)}, {
            "truth": np.array([True, False]),
            "int64": np.array([-1, 5], np.int64),
            "uint64": np.array([2**32 - 1], np.uint64),
            "half": np.array([0.5], np.float16),
            "bigEndian": np.array([1, -2], ">i2"),
            "transposed": np.arange(6, dtype=np.int32).reshape(2, 3).T,
        }

    def _unsendable(self, body: dict[str, Any]) -> Answer:
        what = body["what"]
        if what == "body":
            return {"x": object()}, {}
        if what == "deep":
            nested: list[Any] = []
            for _ in range(2000):
                nested = [nested]
            return {"x": nested}, {}
        wrong = {
            "int64": lambda: np.array([-1, 2**40]),
            "object": lambda: np.array([None]),
            "large": lambda: np.zeros((64 << 20) + 1, np.uint8),
        }
        return {}, {"x": wrong[what]()}
