"""A share of a suite: what one of several machines does that know nothing of each other.

All pairs of a scenario and a seed are dealt out in turn. A share simulates the recordings of its
pairs and runs every detector over them; what it makes is kept in its cache, by what it was made
from. So the shares need no scheduler, and one that was lost can be made on any machine, the one
that puts them together included.
"""

from __future__ import annotations

from dataclasses import dataclass

from shamcrowd.recording.errors import UsageError


@dataclass(frozen=True)
class Share:
    """The share ``number`` of ``of`` shares, counted from 1.

    >>> Share(2, 3).seeds(0, (1, 2), (901,)), Share(2, 3).seeds(1, (1, 2), (901,))
    ((2,), (2,))
    """

    number: int
    of: int

    def __post_init__(self) -> None:
        """Check the numbers.

        Raises:
            UsageError: if there is no such share.
        """
        if not 1 <= self.number <= self.of:
            raise UsageError(f"share {self}: write i/n with i from 1 to n, such as 2/8")

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def seeds(
        self, scenario: int, scored: tuple[int, ...], calibration: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Which seeds of scenario number ``scenario`` (from 0) are in this share."""
        seeds = (*scored, *calibration)
        first = scenario * len(seeds)
        return tuple(
            seed for at, seed in enumerate(seeds, first) if at % self.of == self.number - 1
        )
