"""Starts the bridge. Written for any Python 3: it must run far enough in an old one to say that it is too old."""
import sys

from bl1_bridge import versions

if __name__ == "__main__":
    versions.require_python()
    from bl1_bridge import process

    sys.exit(process.main())
