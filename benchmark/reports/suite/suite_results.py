"""The results in a suite's folder, from which its pages are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from shamcrowd.benchmark.comparison.compare import rankings
from shamcrowd.benchmark.comparison.ranking import Ranking
from shamcrowd.benchmark.reports.suite.board import SuiteBoard, suite_board
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.benchmark.suites.bench import scores_of
from shamcrowd.benchmark.suites.result import SuiteResult


@dataclass(frozen=True)
class SuiteResults:
    """The result of a suite, and the scores of those scenarios that have any."""

    folder: Path
    result: SuiteResult
    scores: Mapping[str, Scores]

    @classmethod
    def read(cls, folder: Path) -> SuiteResults:
        """Read the results that a bench wrote.

        Raises:
            NothingToJudgeError: if there are none, or they are damaged.
        """
        result = SuiteResult.read(folder)
        return cls(folder, result, scores_of(result, folder))

    @property
    def run(self) -> list[Scores]:
        """The scores in the order of the suite."""
        return list(self.scores.values())

    @cached_property
    def board(self) -> SuiteBoard:
        """The board over all scenarios, computed once for all pages."""
        return suite_board(self.run)

    @cached_property
    def ranked(self) -> dict[str, Ranking]:
        """Mean ranks by metric."""
        return rankings(self.run)
