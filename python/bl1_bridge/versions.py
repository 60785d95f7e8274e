"""What this package needs of the interpreter, checked before anything that needs it is imported.

A problem is told to the parent by the last line of stderr, ``bl1_bridge: {json}``, and the exit status PROBLEM_STATUS.
This file keeps to the syntax of the first Python 3, for it must run in an old one.
"""
import importlib
import json
import os
import sys

OLDEST = (3, 10)
PROBLEM_STATUS = 78


def python_version():
    """The version of this interpreter, '3.11.7'."""
    return ".".join(str(part) for part in sys.version_info[:3])


def give_up(problem):
    """Tells the parent why this process cannot serve, and ends it. The guard, if there is one, sees the end."""
    sys.stderr.write("\nbl1_bridge: " + json.dumps(problem) + "\n")
    sys.stderr.flush()
    os._exit(PROBLEM_STATUS)


def require_python():
    """Ends the process in an interpreter that is too old."""
    if tuple(sys.version_info[:2]) < OLDEST:
        give_up({"problem": "python-old", "version": python_version(), "needed": ".".join(str(part) for part in OLDEST)})


def require_modules(names):
    """Imports the modules named, and returns the versions of them. Ends the process where one cannot be imported."""
    found = {}
    for name in names:
        try:
            found["pyzmq" if name == "zmq" else name] = getattr(importlib.import_module(name), "__version__", "?")
        except ImportError as error:
            give_up({"problem": "not-installed", "module": name, "reason": str(error), "interpreter": sys.executable})
    return found
