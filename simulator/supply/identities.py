"""Invented people, drawn from pools of names (``names.json``, see `name_file`)."""

from __future__ import annotations

import importlib.resources
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.supply.places import LOCALES, NAMES

_FILE = "names.json"


@dataclass(frozen=True)
class NamePool:
    """Names of one locale, as displayed and in the plain form used in mailboxes."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    first_plain: tuple[str, ...]
    last_plain: tuple[str, ...]


def plain(name: str) -> str:
    """Return a name in lower-case ASCII letters; "" if none are left.

    >>> plain("Zoë O'Neill")
    'zoeoneill'
    """
    if name.isascii() and name.isalpha():
        return name.lower()
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]", "", text)


@cache
def _pools() -> dict[str, Any]:
    text = importlib.resources.files(__package__).joinpath(_FILE).read_text("utf-8")
    pools: dict[str, Any] = json.loads(text)
    return pools


@cache
def name_pool(locale: str) -> NamePool:
    """Return the pool of a locale of the file: the same for every seed."""
    first, last = (tuple(part) for part in _pools()[locale])

    def latin(names: tuple[str, ...], part: str) -> tuple[str, ...]:
        plains = tuple(plain(name) for name in names)
        if all(plains):
            return plains
        # Names in other scripts: mailboxes use substitute names.
        spare = getattr(name_pool("en_US"), part)
        skipped = int.from_bytes(locale.encode(), "big") % len(spare)
        return tuple(
            name or spare[(skipped + number) % len(spare)] for number, name in enumerate(plains)
        )

    return NamePool(first, last, latin(first, "first_plain"), latin(last, "last_plain"))


@cache
def dictionary_words() -> tuple[str, ...]:
    """Short words for domains and made-up mailboxes."""
    return tuple(sorted({w for w in map(plain, _pools()["words"]) if len(w) > 3}))


@dataclass(frozen=True)
class PersonNames:
    """Names of n accounts: display names, and first and last names for mailboxes, each (n,)."""

    display: npt.NDArray[np.object_]
    first: npt.NDArray[np.object_]
    last: npt.NDArray[np.object_]

    def chosen(self, which: npt.NDArray[Any]) -> PersonNames:
        """Names of some of the accounts, by index or where True."""
        return PersonNames(self.display[which], self.first[which], self.last[which])

    @classmethod
    def joined(cls, parts: Sequence[PersonNames]) -> PersonNames:
        """The names of all ``parts``, one part after the other."""
        return cls(
            np.concatenate([part.display for part in parts]),
            np.concatenate([part.first for part in parts]),
            np.concatenate([part.last for part in parts]),
        )


def names(rng: np.random.Generator, locale: npt.NDArray[np.int8]) -> PersonNames:
    """Invent a name for each entry of ``locale`` (codes, shape (n,))."""
    one, two = rng.random(len(locale)), rng.random(len(locale))
    display = np.empty(len(locale), object)
    first = np.empty(len(locale), object)
    last = np.empty(len(locale), object)
    for code in np.unique(locale).tolist():
        source = name_pool(NAMES[LOCALES[code]])
        at = np.flatnonzero(locale == code)
        i = (one[at] * len(source.first)).astype(np.int64)
        j = (two[at] * len(source.last)).astype(np.int64)
        given, family = np.array(source.first, object)[i], np.array(source.last, object)[j]
        display[at] = given + " " + family
        first[at] = np.array(source.first_plain, object)[i]
        last[at] = np.array(source.last_plain, object)[j]
    return PersonNames(display, first, last)
