"""The time between two events of an account, negative if the second one came first.

A second rule says how many accounts have the same delay to the millisecond: it finds constants that
each campaign has its own of.

Events are the first of each kind, the last of a few kinds, sign-up, the first and last request, and
the start and end of the recording.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from shamcrowd.benchmark.world_checks.audit.probe import Floats, Ints
from shamcrowd.benchmark.world_checks.audit.recordings import AuditedRecording
from shamcrowd.benchmark.world_checks.audit.rule import Rule
from shamcrowd.recording.schema import ACTIVITY_KINDS

LAST_OF = ("login", "login_failed", "key_created", "card_added", "charge", "decline")
"""Kinds whose last event counts too (assumed: those that people repeat)."""
FEWEST = 3
"""Pairs of events that fewer accounts have are left out."""
SIGN_UP, START, END = "sign-up", "start of the recording", "end of the recording"
FIRST_REQUEST, LAST_REQUEST = "first request", "last request"
EVENTS = (
    SIGN_UP, START, END, FIRST_REQUEST, LAST_REQUEST,
    *(f"first {kind}" for kind in ACTIVITY_KINDS),
    *(f"last {kind}" for kind in LAST_OF),
)  # fmt: skip
SECOND = 1000.0


def units() -> Sequence[str]:
    """The earlier event of each pair, in the order of `EVENTS`."""
    return EVENTS[:-1]


def rules(recording: AuditedRecording, unit: str) -> Iterator[Rule]:
    """Seconds from the event ``unit`` to each event behind it in `EVENTS`."""
    moments = _moments(recording)
    if unit not in moments:
        return
    for event in EVENTS[EVENTS.index(unit) + 1 :]:
        if event not in moments or {unit, event} == {START, END}:
            continue
        delay = (moments[event] - moments[unit]) / SECOND
        if np.count_nonzero(~np.isnan(delay)) < FEWEST:
            continue
        yield Rule(f"delay from {unit} to {event}", delay)
        same = _with_the_same(delay)
        if np.nanmax(same) >= FEWEST:
            yield Rule(f"delay from {unit} to {event}, accounts with exactly it", same)


def _moments(recording: AuditedRecording) -> dict[str, Floats]:
    """When each event happened to each account, ms since 1970, NaN if never."""
    if recording.moments is None:
        start, end = recording.span
        many = recording.many
        requests, activity = recording.requests, recording.activity
        found = {
            SIGN_UP: recording.people.created.astype(np.float64),
            START: np.full(many, float(start)),
            END: np.full(many, float(end)),
            FIRST_REQUEST: _edge(requests.owner, requests.time, many, last=False),
            LAST_REQUEST: _edge(requests.owner, requests.time, many, last=True),
        }
        kinds = recording.tables.column("activity", "kind")
        code = kinds.codes[activity.order]
        for number in range(kinds.many):
            at, name = code == number, kinds.said(number)
            owner, time = activity.owner[at], activity.time[at]
            found[f"first {name}"] = _edge(owner, time, many, last=False)
            if name in LAST_OF:
                found[f"last {name}"] = _edge(owner, time, many, last=True)
        recording.moments = found
    return recording.moments


def _with_the_same(delay: Floats) -> Floats:
    """How many accounts have the delay of each to the millisecond; NaN without one."""
    found = np.full(len(delay), np.nan)
    given = ~np.isnan(delay)
    _, place, count = np.unique(delay[given], return_inverse=True, return_counts=True)
    found[given] = count[place]
    return found


def _edge(owner: Ints, time: Ints, many: int, *, last: bool) -> Floats:
    """First or last moment of each account; rows are sorted by account, then time."""
    found = np.full(many, np.nan)
    if last:
        found[owner] = time
    else:
        found[owner[::-1]] = time[::-1]
    return found
