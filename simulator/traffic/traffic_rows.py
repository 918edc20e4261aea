"""Rows of drawn traffic: conversations, requests and log-ins."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import Millis


@dataclass
class Conversations:
    """Conversations with what their requests have in common; arrays of shape (n,).

    A conversation that goes on from another address has one more row.
    """

    account: npt.NDArray[np.int32]
    key: npt.NDArray[np.int32]
    session: npt.NDArray[np.int32]
    conversation: npt.NDArray[np.int32]
    address: npt.NDArray[np.int32]
    client: npt.NDArray[np.int32]
    model: npt.NDArray[np.int8]
    endpoint: npt.NDArray[np.int8]
    topic: npt.NDArray[np.int8]
    sketch: npt.NDArray[np.uint64]
    variation: npt.NDArray[np.int8]
    profile: npt.NDArray[np.int32]
    stream: npt.NDArray[np.bool_]
    reasons: npt.NDArray[np.bool_]
    ends: Millis

    def __len__(self) -> int:
        return len(self.account)

    def chosen(self, which: npt.NDArray[np.integer]) -> Conversations:
        """Return the rows at the given indices."""
        return Conversations(**{f.name: getattr(self, f.name).take(which) for f in fields(self)})

    @classmethod
    def stacked(cls, parts: list[Conversations]) -> Conversations:
        """Concatenate several."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            **{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)}
        )


@dataclass
class RequestRows:
    """One row per request, not yet in order of time; arrays of shape (n,).

    Attributes:
        time: ms.
        conversation: row of its conversation in `Conversations`.
        request: its id.
        luck: 64 random bits.
        input_tokens: tokens of the prompt.
        cached_tokens: those that are read from the cache, if it is served.
        output_tokens: tokens of the answer, if it is served.
        first_token: time until its first token is sent, if it is served, ms.
        duration: time until the answer, or the error, was sent, ms.
        status: of the server: 200, 500 or 503.
    """

    time: Millis
    conversation: npt.NDArray[np.int32]
    request: npt.NDArray[np.int32]
    luck: npt.NDArray[np.uint64]
    input_tokens: npt.NDArray[np.int32]
    cached_tokens: npt.NDArray[np.int32]
    output_tokens: npt.NDArray[np.int32]
    first_token: npt.NDArray[np.int32]
    duration: npt.NDArray[np.int32]
    status: npt.NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.time)

    def chosen(self, which: npt.NDArray[np.bool_] | npt.NDArray[np.integer]) -> RequestRows:
        """Return the rows selected by a mask or by indices."""
        if which.dtype == np.bool_:
            which = np.flatnonzero(which)
        return RequestRows(*(column.take(which) for column in vars(self).values()))

    @classmethod
    def stacked(cls, parts: list[RequestRows]) -> RequestRows:
        """Concatenate several."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            **{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)}
        )


@dataclass
class LogIns:
    """Sessions that began with a console log-in; ``failed`` ones at the second attempt.

    ``time`` is when the session begins, ``place`` the handle of its address.
    """

    time: Millis
    account: npt.NDArray[np.int32]
    address: npt.NDArray[np.int32]
    failed: npt.NDArray[np.bool_]
    place: npt.NDArray[np.int64]

    def chosen(self, which: npt.NDArray[np.bool_]) -> LogIns:
        """Return the rows where ``which`` is True."""
        return LogIns(*(column[which] for column in vars(self).values()))


@dataclass
class GroupTraffic:
    """The traffic of one group in one slice.

    ``rows`` are the requests, and those sent again. ``places`` are address handles that were first
    used at ``since`` (ms).
    """

    conversations: Conversations
    rows: tuple[RequestRows, RequestRows]
    log_ins: LogIns
    places: npt.NDArray[np.int64]
    since: Millis


def joined(
    parts: list[tuple[tuple[RequestRows, ...], Conversations]],
) -> tuple[RequestRows, Conversations]:
    """Join tables of requests, several of which belong to each table of conversations."""
    offset, every = 0, []
    for several, conversations in parts:
        for rows in several:
            rows.conversation = rows.conversation + np.int32(offset)
            every.append(rows)
        offset += len(conversations)
    return RequestRows.stacked(every), Conversations.stacked([own for _, own in parts])
