"""The measured traffic, as columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError
from shamcrowd.benchmark.world_checks.realism.grouping import runs

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Column = TypeVar("Column", Floats, Ints)

WINDOWS = tuple(60 * minutes for minutes in (10, 15, 20, 30, 60, 120, 180, 240, 360))
"""Clock windows to choose from, in seconds: each divides the day."""
FILLED = 100
"""Requests that the median window should hold."""


@dataclass(frozen=True)
class RequestTraffic:
    """Legitimate requests in time order; n rows.

    A column that the table lacks is None.

    Attributes:
        source: the name of the table or recording, for messages.
        origin: a Monday, 00:00 UTC, in seconds since 1970; None if the table's seconds count from
            an unknown time.
        time: seconds since ``origin``, shape (n,).
        client: codes 0 to k - 1, each of them used, shape (n,).
        input: input tokens, NaN where missing, shape (n,).
        output: output tokens, NaN where missing, shape (n,).
        conversation: codes, -1 where missing, shape (n,).
    """

    source: str
    origin: int | None
    time: Floats
    client: Ints
    input: Floats | None = None
    output: Floats | None = None
    conversation: Ints | None = None

    @property
    def inputs(self) -> Floats:
        """Input tokens, or ``NotMeasurableError``."""
        return _present(self.input, "input_tokens")

    @property
    def outputs(self) -> Floats:
        """Output tokens, or ``NotMeasurableError``."""
        return _present(self.output, "output_tokens")

    @property
    def days(self) -> float:
        """From the first request to the last."""
        return float(self.time[-1] - self.time[0]) / 86_400

    @property
    def dated(self) -> Floats:
        """``time``, or ``NotMeasurableError`` if it is unknown which days are weekends."""
        if self.origin is None:
            raise NotMeasurableError("its seconds have no date")
        return self.time

    @cached_property
    def window(self) -> int:
        """Seconds: the shortest clock window whose median, over windows with any request, holds
        100 requests; six hours if none does.
        """
        for seconds in WINDOWS:
            held = np.bincount((self.time // seconds - self.time[0] // seconds).astype(np.int64))
            if np.median(held[held > 0]) >= FILLED:
                return seconds
        return WINDOWS[-1]

    @cached_property
    def by_client(self) -> npt.NDArray[np.intp]:
        """Indices of the rows, by client and then time."""
        return np.argsort(self.client, kind="stable")

    @cached_property
    def turns(self) -> tuple[npt.NDArray[np.intp], Ints]:
        """Indices of the rows that belong to a conversation, by conversation and then time, and the
        number of the conversation of each. An id used by two clients counts as two conversations.
        """
        conversation = _present(self.conversation, "conversation")
        place = np.flatnonzero(conversation >= 0)
        client, number = self.client[place], conversation[place]
        order = np.argsort(client * (number.max(initial=0) + 1) + number, kind="stable")
        return place[order], runs(client[order], number[order])


def _present(column: Column | None, name: str) -> Column:
    if column is None:
        raise NotMeasurableError(f"no column {name}")
    return column
