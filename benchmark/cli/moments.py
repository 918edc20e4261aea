"""Moments on the command line."""

from __future__ import annotations

import datetime as dt

from shamcrowd.recording.errors import UsageError


def moment_of(text: str, option: str) -> int:
    """A moment in ms since 1970; without a zone it is in UTC.

    Raises:
        UsageError: if it is none.

    >>> moment_of("2026-03-09T12:00Z", "--as-of")
    1773057600000
    """
    try:
        parsed = dt.datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text}: write a date, or 2026-03-09T12:00Z") from None
    if parsed.tzinfo is None:
        parsed = parsed.replace(tzinfo=dt.UTC)
    return round(parsed.timestamp() * 1000)
