"""The life of the process behind a bridge.

Read the parent's first line (JSON: transport, endpoint, secret) from stdin; fork the guard; import what the transport needs; say hello;
serve. When stdin ends the parent is gone, and so is this process, at once.
"""
from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any

from bl1_bridge import versions
from bl1_bridge.errors import ChannelClosed
from bl1_bridge.guard import FOLDER_PREFIX, start_guard

MAX_INSTRUCTIONS = 1 << 16
HELLO_LIMIT_MS = 30_000
PARENT_GONE_STATUS = 75


def main() -> int:
    """Runs the process to its end and returns its exit status."""
    instructions = _read_instructions()
    lifeline = _set_streams_aside()
    guard = start_guard(lifeline, os.getcwd())
    found = versions.require_modules(["msgpack", "numpy"] + (["zmq"] if instructions["transport"] == "zeromq" else []))
    # Only now: importing numpy starts threads, and a process with threads cannot be forked safely.
    from bl1_bridge.server import HostContext, Server

    threading.Thread(target=_end_with, args=(lifeline,), name="lifeline", daemon=True).start()
    try:
        transport = _say_hello(instructions, found)
        status = Server(transport, HostContext(guard)).serve()
        transport.close()
    except ChannelClosed as closed:
        sys.stderr.write(f"bl1_bridge: {closed}\n")
        sys.stderr.flush()
        # Not in order: the guard cleans up what the parent no longer can.
        os._exit(PARENT_GONE_STATUS)
    guard.finish()
    # Threads of a library that do not end, and destructors of an engine that hang, must not keep the process.
    sys.stderr.flush()
    os._exit(status)


def _say_hello(instructions: dict[str, Any], found: dict[str, str]) -> Any:
    from bl1_bridge import framing
    from bl1_bridge.transport import connect

    transport = connect(instructions)
    body = {
        "protocol": framing.PROTOCOL,
        "secret": instructions["secret"],
        "pid": os.getpid(),
        "python": versions.python_version(),
        "versions": found,
    }
    transport.send(framing.encode({"seq": 0, "verb": "hello", "body": body}, {}))
    # The answer: an ordinary message with seq 0. A parent that refuses closes stdin.
    transport.receive(HELLO_LIMIT_MS)
    return transport


def _read_instructions() -> dict[str, Any]:
    """The first line of stdin, byte by byte so that nothing behind it is taken."""
    line = bytearray()
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if byte == b"" or len(line) > MAX_INSTRUCTIONS:
            sys.stderr.write("bl1_bridge: this is started by BL-1, which says on stdin where to connect\n")
            _remove_empty_folder()
            sys.exit(PARENT_GONE_STATUS)
        line += byte
    return json.loads(line)


def _remove_empty_folder() -> None:
    """The parent made it and died before there was a guard to remove it."""
    folder = os.getcwd()
    if os.path.basename(folder).startswith(FOLDER_PREFIX):
        try:
            os.rmdir(folder)
        except OSError:
            pass  # It is not empty, so it is none of ours.


def _set_streams_aside() -> int:
    """Keeps the lifeline where no engine inherits it, gives engines an empty stdin, and sends what is printed to stderr."""
    lifeline = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return lifeline


def _end_with(lifeline: int) -> None:
    """Ends this process when the lifeline ends; the guard ends what it started."""
    while os.read(lifeline, 4096) != b"":
        pass
    os._exit(PARENT_GONE_STATUS)
