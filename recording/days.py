"""Names of the files of the two streams: one per day and shard, one for older activity."""

from __future__ import annotations

import datetime as dt

from shamcrowd.recording.units import EARLIEST, MS_PER_DAY

BEFORE = "before"
"""Stem of the name of the file with activity from before the recording's start."""


def day_stem(time: int) -> str:
    """Return the day of a moment (ms since 1970) as used in file names.

    >>> day_stem(86_400_000 * 3 + 5)
    '1970-01-04'
    """
    return (dt.date(1970, 1, 1) + dt.timedelta(days=time // MS_PER_DAY)).isoformat()


def file_name(stem: str, shard: int) -> str:
    """Return the name of one shard's file.

    >>> file_name("1970-01-04", 2)
    '1970-01-04-002.parquet'
    """
    return f"{stem}-{shard:03d}.parquet"


def stem_range(name: str, start: int) -> tuple[int, int]:
    """Return the first and last moment (ms since 1970) that a file of this name can hold.

    >>> stem_range("1970-01-02-000.parquet", 0)
    (86400000, 172799999)
    """
    stem = name.rsplit("-", 1)[0]
    if stem == BEFORE:
        return EARLIEST, start - 1
    first = (dt.date.fromisoformat(stem) - dt.date(1970, 1, 1)).days * MS_PER_DAY
    return first, first + MS_PER_DAY - 1
