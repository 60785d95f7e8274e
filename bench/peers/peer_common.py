"""What the peers of `bl1 bench` share that are asked whether they can be measured here, and answer in lines of JSON."""

import ctypes
import json
import os
import shutil
import signal
import sys
from importlib import import_module

# PR_SET_PDEATHSIG of prctl(2).
PARENT_DEATH_SIGNAL = 1


def missing(package, programs=()):
    """Why this peer cannot be measured here; None where it can."""
    try:
        import_module(package)
    # Also where it is there and does not fit the other packages.
    except Exception as error:
        return f"the Python package '{package}' cannot be imported ({error})"
    for program in programs:
        if shutil.which(program) is None:
            return f"the program '{program}' is not on the PATH"
    return None


def die_with_parent():
    """A round may take minutes, and only after it would the end of stdin be noticed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def start(package, programs=()):
    """The setup given as the argument and the function that answers; where the peer cannot be measured, or was only asked, the program ends."""
    # Answers alone go to stdout: what a package or a compiler prints joins the last words.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(value):
        print(json.dumps(value), file=answers, flush=True)

    die_with_parent()
    reason = missing(package, programs)
    if reason is not None or sys.argv[1] == "check":
        answer({"missing": reason})
        sys.exit(0)
    return json.loads(sys.argv[1]), answer
