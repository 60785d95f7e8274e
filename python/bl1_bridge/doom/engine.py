"""One engine process: started with what it needs checked first, found by its pid, and gone with all its shared memory
when closed.
"""

from __future__ import annotations

import faulthandler
import math
import os
import signal
import subprocess
import threading
import time
from typing import Any

import vizdoom

from ..errors import HostError

SHARED_MEMORY = "/dev/shm"
# How the names begin that the engine and its library make there.
NAMES_PREFIX = "ViZDoom"
# The engine's shared memory without pictures, as it is in 1.3.2 (level geometry, objects, labels, audio), and its two
# message queues.
_BASE_BYTES = 10_612_624 + 2 * 10_448
_GONE_LIMIT_S = 2.0
_LOOK_S = 0.003
FAILURES = (
    vizdoom.ViZDoomErrorException,
    vizdoom.ViZDoomUnexpectedExitException,
    vizdoom.MessageQueueException,
    vizdoom.SharedMemoryException,
)


def shared_memory_bytes(game: Any) -> int:
    """What one engine with these settings maps in /dev/shm."""
    pixels = game.get_screen_width() * game.get_screen_height()
    channels = game.get_screen_channels()
    planes = (
        channels
        + game.is_depth_buffer_enabled()
        + game.is_labels_buffer_enabled()
        + channels * game.is_automap_buffer_enabled()
    )
    return _BASE_BYTES + pixels * planes


def check_shared_memory(needed: int, folder: str = SHARED_MEMORY) -> None:
    """Refuses before the engine starts: without the folder it dies, and in a full one it is killed by SIGBUS in the
    middle of a game.
    """
    if os.name != "posix" or not os.path.isdir("/proc"):
        return  # Only Linux keeps shared memory in a folder.
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK | os.X_OK):
        reason = "it may not be written to" if os.path.isdir(folder) else "there is no such folder"
        raise HostError(
            "doom/no-shared-memory",
            f"{folder}: {reason}",
            folder=folder,
            reason=reason,
            neededBytes=needed,
            freeBytes=0,
        )
    state = os.statvfs(folder)
    free = state.f_bavail * state.f_frsize
    if free < needed:
        raise HostError(
            "doom/no-shared-memory",
            f"{folder} has {free} bytes left, one game needs {needed}",
            folder=folder,
            reason="it is full",
            neededBytes=needed,
            freeBytes=free,
        )


def find_engine(parent: int) -> tuple[int, str] | None:
    """The engine that is a child of `parent`: its pid and its instance id, which stands on its command line."""
    if os.path.isdir("/proc"):
        found = (_engine_line(int(entry), parent) for entry in os.listdir("/proc") if entry.isdigit())
        return next((engine for engine in found if engine is not None), None)
    if os.name != "posix":
        return None
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=False).stdout
    rows = (line.split() for line in table.splitlines())
    return next(
        (engine for row in rows if row[1] == str(parent) and (engine := _instance(int(row[0]), row[2:])) is not None),
        None,
    )


def _engine_line(pid: int, parent: int) -> tuple[int, str] | None:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            if int(file.read().rpartition(b")")[2].split()[1]) != parent:
                return None
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return _instance(pid, file.read().decode(errors="replace").split("\0"))
    except (OSError, IndexError):
        return None


def _instance(pid: int, words: list[str]) -> tuple[int, str] | None:
    mark = "+viz_instance_id"
    return (pid, words[words.index(mark) + 1]) if mark in words[:-1] else None


class Engine:
    """A started game: `game` is vizdoom's, `pid` its engine process, `instance` the id in its shared-memory names."""

    def __init__(self, game: Any, guard: Any) -> None:
        check_shared_memory(shared_memory_bytes(game))
        self.game = game
        self.pid: int | None = None
        self.instance = ""
        self._guard = guard
        guard.making(NAMES_PREFIX)
        started = threading.Event()
        # The guard is told while the engine starts: what ends this process in the middle of it must not leave an engine
        # behind.
        watcher = threading.Thread(target=self._tell_until, args=(started,), daemon=True)
        watcher.start()
        # On data that it cannot play the engine dies, and vizdoom then crashes this very process: let stderr tell
        # where.
        faulthandler.enable()
        try:
            game.init()
        except FAILURES as error:
            raise HostError("doom/engine", f"The engine did not start: {error}", reason=str(error)) from error
        except vizdoom.ViZDoomNoOpenALSoundException as error:
            raise HostError("doom/no-audio", f"The engine found no OpenAL: {error}", reason=str(error)) from error
        finally:
            started.set()
            watcher.join()
            if not game.is_running():
                self._clean()
        self.instance = game.get_instance_id()
        if self.pid is None:
            self._tell()

    def _tell_until(self, started: threading.Event) -> None:
        while not self._tell() and not started.wait(_LOOK_S):
            pass

    def _tell(self) -> bool:
        """Looks for the engine and tells the guard of it."""
        found = find_engine(os.getpid())
        if found is None:
            return False
        self.pid, self.instance = found
        self._guard.watch(self.pid)
        for path in self._paths():
            self._guard.unlink(path)
        return True

    def _paths(self) -> list[str]:
        return (
            [f"{SHARED_MEMORY}/{NAMES_PREFIX}{part}{self.instance}" for part in ("SM", "MQCtr", "MQDoom")]
            if self.instance
            else []
        )

    def crashed(self, error: Exception) -> HostError:
        """The error to raise when a call found the engine gone; its shared memory is removed."""
        self._clean()
        return HostError(
            "engine/crashed", f"{type(error).__name__}: {error}", fatal=True, reason=str(error), pid=self.pid
        )

    def close(self) -> None:
        """Ends the engine, and its shared memory, however it is."""
        try:
            self.game.close()
        except FAILURES:
            pass  # It is gone already, which is what was wanted.
        self._clean()

    def _clean(self) -> None:
        """Waits for the engine's end, helps it when it takes long, and removes what it shared."""
        limit = time.monotonic() + _GONE_LIMIT_S
        while self.pid is not None and _engine_line(self.pid, os.getpid()) is not None:
            if time.monotonic() > limit:
                os.kill(self.pid, signal.SIGKILL)
                limit = math.inf
            time.sleep(_LOOK_S)
        for path in self._paths():
            try:
                os.unlink(path)
            except FileNotFoundError:
                pass
