"""What the suite's pages are made from: the results in a suite's folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmark.bench.bench import scores_of
from benchmark.bench.result import SuiteResult
from benchmark.scores import Scores


@dataclass(frozen=True)
class Suite:
    """What a suite's folder holds: the results, and scores by scenario where there are any."""

    folder: Path
    result: SuiteResult
    scores: Mapping[str, Scores]

    @classmethod
    def read(cls, folder: Path) -> Suite:
        """Read what a bench left.

        Raises:
            NothingToJudgeError: if there is nothing, or it is damaged.
        """
        result = SuiteResult.read(folder)
        return cls(folder, result, scores_of(result, folder))

    @property
    def run(self) -> list[Scores]:
        """The scores in the order of the suite."""
        return list(self.scores.values())
