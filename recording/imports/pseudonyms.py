"""Ids in place of names: keyed hashes that only the holder of the key can make again."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.errors import UnreadableError, UsageError
from shamcrowd.recording.regular_file import read_bounded

KEY_BYTES = 32
LARGEST = 1000
"""Most bytes of a key's file."""
IDS = 2**31 - 1
"""Ids are whole numbers from 1 to this."""


def read_key(path: Path) -> bytes:
    """Read the key in the file ``path``, or make one there that only its owner can read.

    Raises:
        UsageError: if the file holds no key, or cannot be read or made.
    """
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    except FileExistsError:
        return read_kept_key(path)
    except OSError as fault:
        raise UsageError(f"{path}: no key can be kept there ({fault.strerror})") from None
    key = secrets.token_bytes(KEY_BYTES)
    with os.fdopen(made, "w") as file:
        file.write(key.hex() + "\n")
    return key


def read_kept_key(path: Path) -> bytes:
    """Read the key in the file ``path``.

    Raises:
        UsageError: if the file holds no key, or cannot be read.
    """
    try:
        key = bytes.fromhex(read_bounded(path, LARGEST).decode().strip())
    except (UnreadableError, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise UsageError(
            f"{path}: holds no key of an import ({2 * KEY_BYTES} hexadecimal digits); name the "
            "file that an earlier import made, or one that does not exist yet"
        )
    return key


def keyed_ids(key: bytes, kind: str, names: Sequence[str]) -> npt.NDArray[np.int64]:
    """Ids of names, the same for the same key and kind, no two alike among ``names``.

    Args:
        key: the key.
        kind: what the names are of, such as ``account``; other kinds have other ids.
        names: shape (n,), each once.

    Returns:
        shape (n,), from 1 to 2**31 - 1.

    >>> keyed_ids(b"k" * 32, "account", ["ann", "bob"]).tolist()
    [268260954, 627242409]
    """
    import hmac

    inner = hmac.digest(key, kind.encode(), "sha256")
    digests = b"".join(
        hashlib.blake2b(name.encode(errors="surrogatepass"), key=inner, digest_size=8).digest()
        for name in names
    )
    hashed = np.frombuffer(digests, "<u8")
    ids = (hashed % IDS).astype(np.int64) + 1
    # Two names may have one id: in the order of their whole hashes, the later one takes the next
    # free id.
    order = np.lexsort((hashed, ids))
    again = np.flatnonzero(ids[order][1:] == ids[order][:-1]) + 1
    if len(again):
        taken = set(ids.tolist())
        for at in order[again].tolist():
            free = int(ids[at])
            while free in taken:
                free = free % IDS + 1
            ids[at] = free
            taken.add(free)
    return ids


def sql_id(key: bytes, kind: str, expression: str) -> str:
    """An expression of DuckDB for an id of 31 bits, without a table of names.

    Two names in about 2**31 share an id: for what there is as much of as rows, such as sessions.
    """
    inner = hashlib.blake2b(kind.encode(), key=key, digest_size=16).hexdigest()
    digits = f"left(sha256(concat('{inner}', {expression})), 8)"
    return f"cast((cast('0x' || {digits} as uinteger) & 2147483647) as integer)"
