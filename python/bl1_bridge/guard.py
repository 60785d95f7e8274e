"""A process that outlives this one by a moment, to clean up after it however it ended.

It is forked before any thread is started, lives in a session of its own, and holds the read end of a pipe and a copy of the lifeline
(stdin, whose other end is the parent). Over the pipe it is told of engine processes and shared-memory names. When the pipe or
the lifeline ends, or its own parent has changed, it kills those processes and the process group, and removes the names.
Where there is no fork (Windows), `start_guard` returns a guard that does nothing.
"""
from __future__ import annotations

import os
import select
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable

from bl1_bridge.abandoned import SHARED_MEMORY, abandoned

KNOWN_PREFIXES = ("ViZDoom", "bl1-")
FOLDER_PREFIX = "bl1-bridge-"
# The pipe tells of the end at once; looking at the parent is for a pipe that an unknown fork still holds open.
LOOK_MS = 500
GONE_LIMIT_S = 2.0


class Guard:
    """What a host tells of the processes and names that it made. This one, for tests and for Windows, does nothing."""

    def watch(self, pid: int) -> None:
        """Kill `pid` when this process has ended."""

    def unlink(self, path: str) -> None:
        """Remove `path`, a name in /dev/shm with a known prefix, when this process has ended."""

    def making(self, prefix: str) -> None:
        """This process is about to make names that begin so, and learns which ones only later: `unlink` tells them."""

    def finish(self) -> None:
        """The process ends in order: clean up what is left and wait until that is done."""


class ForkedGuard(Guard):
    """The real one: `pid` is the guard's process."""

    def __init__(self, pid: int, pipe: int) -> None:
        self.pid = pid
        self._pipe = pipe

    def watch(self, pid: int) -> None:
        self._tell(f"pid {int(pid)} {started_at(int(pid))}")

    def unlink(self, path: str) -> None:
        if not is_ours(path):
            raise ValueError(f"a guard removes only names like {SHARED_MEMORY}{KNOWN_PREFIXES[0]}..., not {path!r}")
        self._tell(f"unlink {path}")

    def making(self, prefix: str) -> None:
        if not prefix.startswith(KNOWN_PREFIXES):
            raise ValueError(f"a guard removes only names that begin with one of {KNOWN_PREFIXES}, not {prefix!r}")
        self._tell(f"making {time.time_ns()} {prefix}")

    def finish(self) -> None:
        self._tell("done")
        os.close(self._pipe)
        try:
            os.waitpid(self.pid, 0)
        except ChildProcessError:
            pass  # A library has waited for it already.

    def _tell(self, line: str) -> None:
        try:
            os.write(self._pipe, f"{line}\n".encode())
        except BrokenPipeError:
            sys.stderr.write("bl1_bridge: the guard is gone\n")


def started_at(pid: int) -> str:
    """When a process started, in the kernel's ticks: a pid used again has another. '' where it is gone (or there is no /proc)."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            # The name, in parentheses, may hold anything; the state and the rest follow the last one.
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in (b"Z", b"X") else fields[19].decode()


def is_ours(path: str) -> bool:
    """Whether a guard may remove this name."""
    name = path[len(SHARED_MEMORY):]
    return path.startswith(SHARED_MEMORY) and name.startswith(KNOWN_PREFIXES) and "/" not in name and "\n" not in name


def start_guard(lifeline: int, folder: str | None = None) -> Guard:
    """Forks the guard. Call it before the first thread. `folder`: the temporary folder to remove, if it is one of ours."""
    if not hasattr(os, "fork"):
        return Guard()
    child = os.getpid()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid != 0:
        os.close(reading)
        return ForkedGuard(pid, writing)
    # Whatever happens here, the forked copy must never go on as if it were the server.
    try:
        Watch(child, reading, lifeline, folder).run()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


class Watch:
    """The life of the guard's process."""

    def __init__(self, child: int, pipe: int, lifeline: int, folder: str | None) -> None:
        self.child = child
        self.child_started = started_at(child)
        self.pipe = pipe
        self.lifeline = lifeline
        self.folder = folder
        self.pids: dict[int, str] = {}
        self.names: set[str] = set()
        # The beginning of names that the child makes just now, and since when.
        self.making: tuple[str, int] | None = None
        self.unread = b""
        self.in_order = False

    def run(self) -> None:
        """Waits for the end, then cleans up."""
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        self._let_go()
        in_order = self._wait()
        if not in_order:
            self._kill_child()
        for pid, started in self.pids.items():
            self._kill(pid, started)
        self._await_gone(lambda: any(started != "" and started_at(pid) == started for pid, started in self.pids.items()))
        if self.making is not None:
            self._await_gone(self._is_group_left)
        for name in [*self.names, *(abandoned(*self.making) if self.making is not None else [])]:
            try:
                os.unlink(name)
            except OSError:
                pass
        if not in_order and self.folder is not None and os.path.basename(self.folder).startswith(FOLDER_PREFIX):
            shutil.rmtree(self.folder, ignore_errors=True)

    def _let_go(self) -> None:
        """Keeps the pipe, the lifeline and stderr, which tells the parent by its end that all is clean; nothing else."""
        os.chdir("/")
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        kept = sorted({self.pipe, self.lifeline, 2})
        for low, high in zip([1] + kept, kept + [os.sysconf("SC_OPEN_MAX")]):
            os.closerange(low + 1, min(high, 65536))

    def _wait(self) -> bool:
        """Hears what the child tells until it ends. True where it said that it ends in order."""
        os.set_blocking(self.pipe, False)
        poll = select.poll()
        poll.register(self.pipe, select.POLLIN)
        poll.register(self.lifeline, getattr(select, "POLLRDHUP", 0))
        ended = False
        while not ended:
            happened = [descriptor for descriptor, _ in poll.poll(LOOK_MS)]
            # What it told last may still be in the pipe, so the pipe is read once more when the end is known.
            ended = self.lifeline in happened or os.getppid() != self.child
            ended = self._listen() or ended or self.in_order
        return self.in_order

    def _listen(self) -> bool:
        """Reads what is in the pipe. True at its end."""
        while True:
            try:
                chunk = os.read(self.pipe, 65536)
            except BlockingIOError:
                return False
            if chunk == b"":
                return True
            *lines, self.unread = (self.unread + chunk).split(b"\n")
            for line in lines:
                self._hear(line.decode())

    def _hear(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        if word == "pid":
            pid, _, started = rest.partition(" ")
            self.pids[int(pid)] = started
        elif word == "unlink" and is_ours(rest):
            self.names.add(rest)
            self.making = None
        elif word == "making":
            since, _, prefix = rest.partition(" ")
            self.making = (prefix, int(since))
        elif word == "done":
            self.in_order = True

    def _kill_child(self) -> None:
        """The child, and the group it leads. A pid that has passed to another process is left alone."""
        now = started_at(self.child)
        if now not in ("", self.child_started):
            return
        if now != "":
            self._kill(self.child, self.child_started)
        try:
            # Only a group that the child leads has its number: where it leads none, nobody is killed.
            os.killpg(self.child, signal.SIGKILL)
        except OSError:
            pass

    def _kill(self, pid: int, started: str) -> None:
        if pid <= 1 or started_at(pid) != started:
            return
        try:
            os.kill(pid, signal.SIGKILL)
        except OSError:
            pass

    def _is_group_left(self) -> bool:
        """Whether something of the child's group still runs, which may hold names that nobody told of."""
        try:
            os.killpg(self.child, 0)
        except OSError:
            return False
        return not self.in_order

    def _await_gone(self, is_left: Callable[[], bool]) -> None:
        """Memory is removed after its users are gone, so that none makes it anew."""
        limit = time.monotonic() + GONE_LIMIT_S
        while time.monotonic() < limit and is_left():
            time.sleep(0.005)
