"""What a host is, and the server that makes the one it is asked for and answers calls in order until it is told to close."""
from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Any, Mapping, Protocol

from bl1_bridge import framing
from bl1_bridge.errors import HostError, ProtocolError, said, sayable, wire_error
from bl1_bridge.guard import Guard
from bl1_bridge.transport import Transport

# Imported only when the parent asks for one.
HOSTS = {
    "gymnasium": "bl1_bridge.gymnasium_host:GymnasiumHost",
    "doom": "bl1_bridge.doom.host:DoomHost",
    "probe": "bl1_bridge.probe:ProbeHost",
}
FATAL_STATUS = 70

Body = dict[str, Any]
Arrays = Mapping[str, Any]


@dataclass(frozen=True)
class HostContext:
    """What a host gets beside its options."""

    guard: Guard


class Host(Protocol):
    """Something that answers calls. Made as ``SomeHost(options, context)``; there is one in a process.

    Arrays are numpy arrays by name. Those that come are read-only; those returned are sent before the next call is handled, so that a
    host may use its buffers again. Raise HostError for a refusal; any other exception reaches the parent with its traceback.
    """

    def describe(self) -> tuple[Body, Arrays]:
        """What `make` answers."""
        ...

    def handle(self, verb: str, body: Body, arrays: Arrays) -> tuple[Body, Arrays]:
        """Answers one call."""
        ...

    def close(self) -> None:
        """Ends what the host holds."""
        ...


class Server:
    """Answers one message after the other."""

    def __init__(self, transport: Transport, context: HostContext) -> None:
        self._transport = transport
        self._context = context
        self._host: Host | None = None

    def serve(self) -> int:
        """Returns the exit status: 0 when told to close, FATAL_STATUS when a host said that it cannot go on."""
        while True:
            parts = self._transport.receive()
            try:
                seq, verb, body, arrays = framing.decode(parts)
            except ProtocolError as error:
                self._refuse(error.seq, error)
                continue
            # Views of the parts: they go with them.
            del parts
            if verb == "close":
                self._close(seq)
                return 0
            try:
                answer, out = self._answer(verb, body, arrays)
                message = framing.encode({"seq": seq, "ok": True, "body": answer}, out)
            except Exception as error:
                self._refuse(seq, error)
                if isinstance(error, HostError) and error.fatal:
                    return FATAL_STATUS
                continue
            self._transport.send(message)

    def _answer(self, verb: str, body: Body, arrays: Arrays) -> tuple[Body, Arrays]:
        if verb == "ping":
            return {}, {}
        if verb == "make":
            return self._make(body)
        if self._host is None:
            raise HostError("host/none", f"'{verb}' needs a host: call 'make' first")
        return self._host.handle(verb, body, arrays)

    def _make(self, body: Body) -> tuple[Body, Arrays]:
        if self._host is not None:
            raise HostError("host/made", "this process has a host already: start another process")
        name, options = body.get("host"), body.get("options")
        if name not in HOSTS or not isinstance(options, dict):
            raise HostError("host/unknown", f"there is no host {name!r} to be made with {type(options).__name__}", known=sorted(HOSTS))
        module, _, attribute = HOSTS[name].partition(":")
        host = getattr(importlib.import_module(module), attribute)(options, self._context)
        self._host = host
        return host.describe()

    def _close(self, seq: int) -> None:
        try:
            if self._host is not None:
                self._host.close()
        except Exception as error:
            self._refuse(seq, error)
        else:
            self._transport.send(framing.encode({"seq": seq, "ok": True, "body": {}}, {}))

    def _refuse(self, seq: int, error: Exception) -> None:
        reply = {"seq": seq, "ok": False, "error": wire_error(error)}
        try:
            self._transport.send(framing.encode(reply, {}))
        except HostError as unsayable:
            # The refusal itself cannot be sent (its data is no JSON, or huge): its code can.
            message, unsent = said(error)[:2000], sayable(unsayable.message)[:2000]
            reply["error"] = {"code": reply["error"]["code"], "message": message, "data": {"unsent": unsent}}
            self._transport.send(framing.encode(reply, {}))
