"""What goes wrong, as a host says it and as the wire carries it."""
from __future__ import annotations

import traceback
from typing import Any

LAST_LINES = 12


class HostError(Exception):
    """A host's refusal: the parent gets `code`, `message` and `data`, and the process goes on serving.

    With ``fatal=True`` (the engine behind is gone) the refusal is sent and the process ends.
    """

    def __init__(self, code: str, message: str, *, fatal: bool = False, **data: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fatal = fatal
        self.data = data


class ProtocolError(Exception):
    """A message that breaks the protocol. `seq` is its number where that could be read, else 0."""

    def __init__(self, reason: str, seq: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.seq = seq


class ChannelClosed(Exception):
    """Nothing more can be read or written: the parent is gone, or the stream is out of step."""


def sayable(text: str) -> str:
    """The text as UTF-8 can carry it: half a character, as in a file name of another encoding, becomes '?'."""
    return text.encode("utf-8", "replace").decode("utf-8")


def said(error: BaseException) -> str:
    """The exception in one line, whatever it does when it is asked for its words."""
    try:
        return sayable(f"{type(error).__name__}: {error}")
    except Exception:
        return f"{type(error).__name__} (it cannot be put into words)"


def wire_error(error: BaseException) -> dict[str, Any]:
    """The `error` of a reply, for any exception."""
    if isinstance(error, HostError):
        return {"code": error.code, "message": error.message, "data": error.data}
    if isinstance(error, ProtocolError):
        return {"code": "protocol/refused", "message": error.reason, "data": {}}
    lines = sayable("".join(traceback.format_exception(type(error), error, error.__traceback__))).strip().splitlines()
    return {
        "code": "python/exception",
        "message": said(error),
        "data": {"type": type(error).__name__, "traceback": "\n".join(lines[-LAST_LINES:])},
    }
