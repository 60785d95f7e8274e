"""Game data files: is it really a WAD (or a zip of some), which maps does it hold. Checked before the engine, which
would hang or die on them.
"""

from __future__ import annotations

import os
import re
import struct
import zipfile

from ..errors import HostError

_ZIP_MAP = re.compile(r"^maps/([^/]+)\.wad$", re.IGNORECASE)
_UDMF_START = re.compile(rb"^\s*type\s*=\s*1\s*;", re.MULTILINE)
_MOST_LUMPS = 1_000_000
_PLAYER_ONE = 1
# Bytes of one thing, and where in it its type stands: Doom's format, and Hexen's, which has a BEHAVIOR lump beside it.
_DOOM_THING = (10, 6)
_HEXEN_THING = (20, 10)


def _refuse(path: str, kind: str, reason: str) -> HostError:
    return HostError("doom/file", f"{kind} {path}: {reason}", path=path, kind=kind, reason=reason)


class GameFile:
    """A checked WAD or zip: `maps` are its map names in its order. Raises HostError('doom/file') when it is missing or
    is neither.
    """

    def __init__(self, path: str, kind: str) -> None:
        self._path = path
        self._kind = kind
        self._lumps: list[tuple[str, int, int]] = []
        self._at: dict[str, int] = {}
        self.maps: list[str] = []
        if not os.path.isfile(path):
            raise _refuse(path, kind, "there is no such file")
        try:
            self._read()
        except OSError as error:
            raise _refuse(path, kind, f"it cannot be read ({error})") from error

    def lacks_start(self, name: str) -> bool:
        """Whether this file holds that map, and the map has no place where player one begins (it is made for
        deathmatches only).
        """
        at = self._at.get(name.upper())
        if at is None:
            return False
        part = self._lumps[at + 1]
        with open(self._path, "rb") as file:
            file.seek(part[1])
            data = file.read(part[2])
        if part[0] == "TEXTMAP":
            return _UDMF_START.search(data) is None
        # A map's own lumps follow its name: at most eleven.
        hexen = any(lump[0] == "BEHAVIOR" for lump in self._lumps[at + 1 : at + 12])
        step, offset = _HEXEN_THING if hexen else _DOOM_THING
        return not any(
            struct.unpack_from("<H", data, start + offset)[0] == _PLAYER_ONE
            for start in range(0, len(data) - step + 1, step)
        )

    def _read(self) -> None:
        size = os.path.getsize(self._path)
        with open(self._path, "rb") as file:
            head = file.read(12)
            if head[:4] == b"PK\x03\x04":
                self.maps = self._zip_maps()
                return
            if len(head) < 12 or head[:4] not in (b"IWAD", b"PWAD"):
                raise _refuse(self._path, self._kind, "it does not begin with IWAD or PWAD, so it is not a WAD file")
            # After the magic: the number of lumps, and where their table starts, with 16 bytes a lump.
            count, start = struct.unpack("<ii", head[4:])
            if not 0 <= count <= _MOST_LUMPS or start < 0 or start + 16 * count > size:
                raise _refuse(
                    self._path,
                    self._kind,
                    f"its table of {count} lumps at byte {start} does not fit into its {size} bytes",
                )
            file.seek(start)
            table = file.read(16 * count)
        for place, length, name in struct.iter_unpack("<ii8s", table):
            if length < 0 or (length > 0 and (place < 0 or place + length > size)):
                raise _refuse(
                    self._path, self._kind, f"a lump of {length} bytes at byte {place} lies outside of its {size} bytes"
                )
            self._lumps.append((name.split(b"\0")[0].decode("latin-1").upper(), place, length))
        # The engine dies, and this process with it, on game data that is not a whole game's.
        if self._kind == "iwad" and (head[:4] != b"IWAD" or all(lump[0] != "PLAYPAL" for lump in self._lumps)):
            raise _refuse(
                self._path,
                self._kind,
                "it is no IWAD with the data of a whole game (freedoom2.wad is one); a scenario goes into wad",
            )
        for index, (lump, after) in enumerate(zip(self._lumps, self._lumps[1:])):
            if after[0] in ("THINGS", "TEXTMAP") and lump[0] not in self._at:
                self._at[lump[0]] = index
        self.maps = list(self._at)

    def _zip_maps(self) -> list[str]:
        try:
            with zipfile.ZipFile(self._path) as archive:
                found = [_ZIP_MAP.match(name) for name in archive.namelist()]
        except zipfile.BadZipFile as error:
            raise _refuse(self._path, self._kind, f"it begins like a zip file but cannot be read ({error})") from error
        return [match.group(1).upper() for match in found if match]
