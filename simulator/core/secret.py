"""The secret of a judge: with it, a scenario and a seed give streams that nobody else can draw.

It is drawn once and kept in a file that its owner alone may read. Results name it by its SHA-256
only, which a judge can publish before a competition and prove afterwards by the file.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from shamcrowd.recording.errors import UsageError

HEAD = "shamcrowd secret 1"
SIZE = 32
"""Bytes that are drawn: 256 bits, twice of what could be searched through."""
FEWEST_VALUES = 16
"""Different bytes that drawn ones have at least: fewer in 32 come up once in 10**16 draws."""
LARGEST = 4096
SHOWN = 12
_TEXT = re.compile(rf"{HEAD}\n([0-9a-f]{{{2 * SIZE}}})\n?")


@dataclass(frozen=True)
class Secret:
    """A judge's secret.

    Attributes:
        value: the bytes that streams are keyed with; shown nowhere.
        path: where it is kept.
    """

    value: bytes = field(repr=False)
    path: Path = field(compare=False)

    @property
    def hash(self) -> str:
        """SHA-256 of it, 64 hexadecimal digits: what results call it."""
        return hashlib.sha256(HEAD.encode() + b"\0" + self.value).hexdigest()

    @classmethod
    def draw(cls, path: Path | str) -> Secret:
        """Draw a new secret and keep it in a new file.

        Raises:
            UsageError: if there is such a file, or it cannot be written.
        """
        path = Path(path)
        drawn = cls(secrets.token_bytes(SIZE), path)
        try:
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "w", encoding="ascii") as file:
                file.write(f"{HEAD}\n{drawn.value.hex()}\n")
        except FileExistsError:
            raise UsageError(f"{path}: is there already; a secret is never replaced") from None
        except OSError as fault:
            raise UsageError(f"{path}: the secret cannot be written ({fault.strerror})") from None
        return drawn

    @classmethod
    def read(cls, path: Path | str) -> Secret:
        """Read a secret that was drawn.

        Raises:
            UsageError: if there is none, if others may read or write its file, or if it was not
                drawn by `draw`.
        """
        path = Path(path)
        try:
            # A pipe would be waited for.
            opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
            with os.fdopen(opened, "rb") as file:
                about = os.fstat(file.fileno())
                if not stat.S_ISREG(about.st_mode):
                    raise UsageError(f"{path}: is no file; name one made by {_MAKE}")
                data = file.read(LARGEST)
        except FileNotFoundError:
            raise UsageError(f"{path}: no secret here; draw one: shamcrowd secret {path}") from None
        except OSError as fault:
            raise UsageError(f"{path}: the secret cannot be read ({fault.strerror})") from None
        if hasattr(os, "geteuid"):
            if about.st_uid != os.geteuid():
                raise UsageError(f"{path}: the secret belongs to another user; draw your own")
            if stat.S_IMODE(about.st_mode) & 0o077:
                raise UsageError(
                    f"{path}: others may read or write the secret (mode "
                    f"{stat.S_IMODE(about.st_mode):03o}); if none has: chmod 600 {path}"
                )
        match = _TEXT.fullmatch(data.decode("ascii", "replace"))
        if match is None:
            raise UsageError(f"{path}: holds no secret, or a damaged one; draw one: {_MAKE}")
        value = bytes.fromhex(match[1])
        if len(set(value)) < FEWEST_VALUES:
            raise UsageError(f"{path}: this secret was not drawn, but made up; draw one: {_MAKE}")
        return cls(value, path)


_MAKE = "shamcrowd secret FILE"


def shown(digest: str) -> str:
    """The beginning of a secret's hash, as boards show it.

    >>> shown("0123456789abcdef" * 4)
    '0123456789ab'
    """
    return digest[:SHOWN]
