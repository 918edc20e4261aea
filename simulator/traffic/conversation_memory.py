"""The last conversation of each workload, which a later session may take up again."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.units import EARLIEST, MS_PER_MINUTE, Millis

APART = 30 * MS_PER_MINUTE
"""Sessions of one workload that begin closer together go on side by side: neither takes up the
conversation of the other (assumed)."""


@dataclass
class Content:
    """What a conversation keeps when it is taken up again; arrays of shape (n,).

    Attributes:
        conversation: its id.
        topic: code.
        endpoint: code.
        sketch: the prompts' sketch before variation.
        variation: level of the variation.
        prompt: logarithm of the length of a first prompt, fixed point.
    """

    conversation: npt.NDArray[np.int32]
    topic: npt.NDArray[np.int8]
    endpoint: npt.NDArray[np.int8]
    sketch: npt.NDArray[np.uint64]
    variation: npt.NDArray[np.int8]
    prompt: npt.NDArray[np.int16]

    @classmethod
    def none(cls, count: int) -> Content:
        """Return ``count`` empty rows."""
        return cls(
            np.zeros(count, np.int32),
            np.zeros(count, np.int8),
            np.zeros(count, np.int8),
            np.zeros(count, np.uint64),
            np.zeros(count, np.int8),
            np.zeros(count, np.int16),
        )

    def copy_rows(self, to: npt.NDArray[np.intp], other: Content, at: npt.NDArray[np.intp]) -> None:
        """Set the rows ``to`` to the rows ``at`` of another table."""
        for field in fields(self):
            getattr(self, field.name)[to] = getattr(other, field.name).take(at)


class ConversationMemory:
    """The last conversation of each of a group's workloads."""

    def __init__(self) -> None:
        self._content = Content.none(0)
        self._turns = np.empty(0, np.int64)
        self._ended = np.empty(0, np.int64)

    def grow(self, count: int) -> None:
        """Make room for ``count`` workloads, those before included."""
        new = count - len(self._turns)
        more = Content.none(new)
        for field in fields(Content):
            both = getattr(self._content, field.name), getattr(more, field.name)
            setattr(self._content, field.name, np.concatenate(both))
        self._turns = np.concatenate([self._turns, np.zeros(new, np.int64)])
        self._ended = np.concatenate([self._ended, np.full(new, EARLIEST)])

    def take_up(
        self,
        wants: npt.NDArray[np.bool_],
        workload: npt.NDArray[np.int64],
        start: Millis,
        opening: npt.NDArray[np.intp],
        length: npt.NDArray[np.int64],
        content: Content,
    ) -> npt.NDArray[np.int64]:
        """Let sessions begin with the conversation that ended their workload's last session.

        Args:
            wants: shape (n,), whether the session would take one up.
            workload: shape (n,), ascending; sessions of one workload in order of time.
            start: shape (n,), ms.
            opening: shape (n,), index of each session's first conversation.
            length: shape (m,), turns of every conversation.
            content: m conversations, changed in place.

        Returns:
            Shape (m,): turns that each conversation had before.
        """
        closing = np.append(opening[1:], len(length)) - 1
        same = np.zeros(len(workload), np.bool_)
        same[1:] = workload[1:] == workload[:-1]
        apart = np.zeros(len(workload), np.bool_)
        apart[1:] = np.diff(start) > APART
        linked = np.flatnonzero(wants & same & apart)
        stored = np.flatnonzero(
            wants & ~same & (self._turns.take(workload) > 0) & (self._ended.take(workload) < start)
        )
        at = opening.take(stored)
        content.copy_rows(at, self._content, workload.take(stored))
        before = np.zeros(len(length), np.int64)
        before[at] = self._turns.take(workload.take(stored))
        if not len(linked):
            return before
        # Follow chains of sessions back to where their conversation began, in doubling steps.
        source = np.arange(len(length))
        first, last = opening.take(linked), closing.take(linked - 1)
        source[first] = last
        gained = np.zeros(len(length), np.int64)
        gained[first] = length.take(last)
        while len(first):
            further = source.take(source.take(first))
            if (further == source.take(first)).all():
                break
            gained[first] += gained.take(source.take(first))
            source[first] = further
        root = source.take(first)
        content.copy_rows(first, content, root)
        before[first] = gained.take(first) + before.take(root)
        return before

    def keep(
        self,
        workload: npt.NDArray[np.int64],
        closing: npt.NDArray[np.intp],
        turns: npt.NDArray[np.int64],
        ended: Millis,
        content: Content,
    ) -> None:
        """Remember the last conversation of the last session of each workload.

        Args:
            workload: shape (n,), workloads of sessions, ascending.
            closing: shape (n,), index of each session's last conversation.
            turns: shape (m,), turns that each conversation has had by now.
            ended: shape (n,), ends of the sessions, ms.
            content: m conversations.
        """
        last = np.flatnonzero(np.append(workload[1:] != workload[:-1], True)[: len(workload)])
        whose, at = workload.take(last), closing.take(last)
        self._content.copy_rows(whose, content, at)
        self._turns[whose] = turns.take(at)
        self._ended[whose] = ended.take(last)
