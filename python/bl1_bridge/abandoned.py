"""Names in shared memory whose makers died before they could tell of them.

The engine's library draws the names itself and tells them only when the engine runs: a process killed in between leaves names that nobody
knows. They are found by what they are: new, of this user, and neither open nor mapped in any process.
"""
from __future__ import annotations

import os
from typing import Iterator

SHARED_MEMORY = "/dev/shm/"
# The clock of files may lag behind by a tick of the kernel.
CLOCK_LAG_NS = 100_000_000


def abandoned(prefix: str, since_ns: int) -> list[str]:
    """Paths in /dev/shm that begin with `prefix`, were made after `since_ns` (time.time_ns) and are held by no process."""
    try:
        names = [name for name in os.listdir(SHARED_MEMORY) if name.startswith(prefix)]
    except OSError:
        return []  # Only Linux keeps shared memory in a folder.
    paths = {SHARED_MEMORY + name for name in names if _is_new(SHARED_MEMORY + name, since_ns)}
    # A name is open from its making until it is mapped: looking at descriptors first, then at mappings, misses no holder.
    for look in (_opened, _mapped):
        for process in filter(str.isdigit, os.listdir("/proc")) if paths else ():
            paths.difference_update(look(f"/proc/{process}"))
    return sorted(paths)


def _is_new(path: str, since_ns: int) -> bool:
    try:
        state = os.lstat(path)
    except OSError:
        return False
    return state.st_uid == os.getuid() and state.st_mtime_ns >= since_ns - CLOCK_LAG_NS


def _opened(process: str) -> Iterator[str]:
    try:
        descriptors = os.listdir(f"{process}/fd")
    except OSError:
        return  # It has ended, or is another user's, who cannot hold ours.
    for descriptor in descriptors:
        try:
            yield os.readlink(f"{process}/fd/{descriptor}")
        except OSError:
            continue  # Closed since.


def _mapped(process: str) -> Iterator[str]:
    try:
        with open(f"{process}/maps", encoding="utf-8", errors="replace") as file:
            for line in file:
                yield SHARED_MEMORY + line.rstrip("\n").rpartition(SHARED_MEMORY)[2]
    except OSError:
        return
