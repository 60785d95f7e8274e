"""Refusals of options that cannot be, in one form: the name, what was expected, what came."""

from __future__ import annotations

from ..errors import HostError


def bad_option(name: str, expected: str, received: object) -> HostError:
    """The error for an option that cannot be."""
    return HostError(
        "doom/option",
        f"{name} must be {expected}, but it is {received!r}.",
        name=name,
        expected=expected,
        received=repr(received),
    )


def whole(name: str, value: object, low: int, high: int) -> int:
    """`value` when it is a whole number of that range, else HostError('doom/option')."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise bad_option(name, f"a whole number from {low} to {high}", value)
    return value
