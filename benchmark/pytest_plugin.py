"""A pytest plugin: a team gates its detector inside its own test suite.

It costs a run that does not ask for it nothing: no package is loaded before the fixture is used.

    @pytest.mark.gate("quickstart-v2", seeds=[1, 2, 3], scale=0.3, average_precision=0.5)
    def test_my_detector(arena):
        arena.judge("detectors/mine.py:Mine")

    def test_nothing_got_worse(arena):
        arena.check("baseline.json")
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from shamcrowd.benchmark.gate.verdict import Verdict
    from shamcrowd.benchmark.scoring.scores import DetectorScores
    from shamcrowd.detectors.base import Detector

MARKER = "gate"
_OPTIONS = ("seeds", "calibration_seeds", "scale", "settings", "alert_rate", "time_limit")


def pytest_addoption(parser: pytest.Parser) -> None:
    """One option: where recordings are kept."""
    group = parser.getgroup("shamcrowd")
    group.addoption(
        "--shamcrowd-cache", default=None, metavar="DIR",
        help="Where the arena keeps what it simulates. Default: ~/.cache/shamcrowd.",
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers",
        f"{MARKER}(scenario, seeds=..., scale=..., METRIC=bound): the world in which the fixture "
        "`arena` judges, and what the detector must reach there; at least for a metric where "
        "higher is better, at most for one where lower is.",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A wrong call of the arena is an error of the test, and says nothing about the detector."""
    report = yield
    if call.excinfo is not None and call.excinfo.errisinstance(WrongCallError):
        # pytest counts as an error what goes wrong outside of the test itself.
        report.when = "setup"
    return report


class WrongCallError(Exception):
    """The mark, or a call of the arena, cannot be right."""


@contextmanager
def _wrong_calls() -> Iterator[None]:
    """Take errors in what the arena was asked for as errors of the test."""
    from shamcrowd.recording.errors import ShamcrowdError

    try:
        yield
    except ShamcrowdError as fault:
        raise WrongCallError(str(fault)) from None


class Arena:
    """Judges detectors; `judge` in one world against bounds, `check` against a baseline."""

    def __init__(self, config: pytest.Config, mark: pytest.Mark | None, folder: Path) -> None:
        self._config = config
        self._mark = mark
        self._folder = folder

    def judge(self, detector: str | Callable[[], Detector]) -> DetectorScores:
        """Play the marked world, and fail the test unless every bound of the mark is kept.

        Args:
            detector: a name, ``path.py:Class``, or a class.

        Returns:
            Everything that was measured.
        """
        __tracebackhide__ = True
        from shamcrowd.benchmark.evaluation.evaluate import evaluate
        from shamcrowd.benchmark.evaluation.plan import board_name

        scenario, options, bounds = self._asked()
        with _wrong_calls():
            scores = evaluate(
                scenario, [detector], out=self._folder / "run", cache=self._cache(), **options
            )
        scored = next(d for d in scores.detectors if d.name == board_name(detector))
        if scored.status != "ok":
            pytest.fail(f"{scored.name} {scored.status}: {scored.error}", pytrace=False)
        broken = [line for name, bound in bounds.items() if (line := _broken(scored, name, bound))]
        if broken:
            head = f"{scored.name} on {scores.scenario}, seeds {', '.join(map(str, scores.seeds))}"
            pytest.fail(f"{head}: " + "; ".join(broken), pytrace=False)
        return scored

    def reviewing(self, detector: str | Callable[[], Detector]) -> Callable[[], None]:
        """What pytest-benchmark is to time: a new detector asked at every review, and no more.

        The marked world's first seed is played first, or taken from the cache.

            def test_speed(benchmark, arena):
                benchmark(arena.reviewing("detectors/mine.py:Mine"))
        """
        from shamcrowd.benchmark.evaluation.evaluate import evaluate
        from shamcrowd.benchmark.evaluation.replay import Candidate
        from shamcrowd.recording.manifest import Manifest
        from shamcrowd.recording.units import EARLIEST
        from shamcrowd.recording.view import LogView, open_log

        scenario, options, _ = self._asked(bounded=False)
        out = self._folder / "run"
        with _wrong_calls():
            scores = evaluate(scenario, [detector], out=out, cache=self._cache(), **options)
        where = out / "recordings" / f"seed-{scores.seeds[0]}"
        maker = Candidate("timed", detector).maker()
        moments, source = Manifest.read(where).reviews, open_log(where)

        def review() -> None:
            judge, since = maker(), EARLIEST
            for now in moments:
                judge.review(LogView(source, now, since))
                since = now

        return review

    def check(
        self,
        baseline: Path | str,
        *,
        suite: str | None = None,
        detectors: Sequence[str | Callable[[], Detector]] | None = None,
    ) -> Verdict:
        """Fail the test unless all is as good as a committed baseline says.

        Arguments are those of `shamcrowd.benchmark.gate.check.check`. A baseline that is not there,
        damaged, or of another suite is an error and not a failure.
        """
        __tracebackhide__ = True
        from shamcrowd.benchmark.gate.check import check
        from shamcrowd.benchmark.gate.reports.formatting import change

        with _wrong_calls():
            done = check(
                baseline, out=self._folder / "check", suite=suite, detectors=detectors,
                cache=self._cache(),
            )  # fmt: skip
        verdict = done.verdict
        assert verdict is not None
        if verdict.exit_code:
            shown = [f"{e.name}: {change(e)}" for e in verdict.bad[:10]]
            shown += [f"{s} {d}: {error}" for s, d, error in verdict.failed]
            shown += [f"{scenario}: {why}" for scenario, why in verdict.refused]
            pytest.fail("\n".join([verdict.line, *shown]), pytrace=False)
        return verdict

    def _cache(self) -> Any:
        from shamcrowd.benchmark.execution.cache import Cache
        from shamcrowd.benchmark.execution.usual_cache import usual_cache

        named = self._config.getoption("--shamcrowd-cache")
        return Cache(named) if named else usual_cache(self._folder, warnings.warn)

    def _asked(self, bounded: bool = True) -> tuple[str, dict[str, Any], dict[str, float]]:
        """What the mark asks for: the scenario, options of `evaluate`, and bounds."""
        from difflib import get_close_matches

        from shamcrowd.benchmark.scoring.metrics.registry import metrics

        if self._mark is None or len(self._mark.args) != 1:
            raise WrongCallError(
                f'mark the test with its world: @pytest.mark.{MARKER}("quickstart-v2", '
                "average_precision=0.5)"
            )
        options = {k: v for k, v in self._mark.kwargs.items() if k in _OPTIONS}
        bounds = {k: v for k, v in self._mark.kwargs.items() if k not in _OPTIONS}
        for name in bounds:
            known = [m.replace("-", "_") for m in metrics()]
            if name not in known:
                close = get_close_matches(name, [*known, *_OPTIONS], n=1)
                hint = f"did you mean {close[0]}? " if close else ""
                raise WrongCallError(
                    f"{MARKER}: no metric {name}. {hint}There are: {', '.join(known)}"
                )
        for name, bound in bounds.items():
            if isinstance(bound, bool) or not isinstance(bound, int | float):
                raise WrongCallError(
                    f"{MARKER}: {name}={bound!r}: a bound is a number, such as 0.5"
                )
        for name in ("seeds", "calibration_seeds"):
            seeds = options.get(name, [1])
            if not isinstance(seeds, list | tuple | range) or not all(
                isinstance(seed, int) for seed in seeds
            ):
                raise WrongCallError(
                    f"{MARKER}: {name}={seeds!r}: seeds are a list, such as [1, 2]"
                )
        for name in ("scale", "alert_rate", "time_limit"):
            if not isinstance(options.get(name, 1.0), int | float):
                raise WrongCallError(f"{MARKER}: {name}={options[name]!r}: must be a number")
        if bounded and not bounds:
            raise WrongCallError(f"{MARKER}: no bound, so nothing could fail; name a metric")
        return self._mark.args[0], options, bounds


def _broken(scored: DetectorScores, name: str, bound: float) -> str:
    """How a bound is broken; "" if it is kept."""
    from shamcrowd.benchmark.scoring.metrics.registry import metrics

    metric = metrics()[name.replace("_", "-")]
    measured = scored.metrics[name.replace("_", "-")]
    if measured.value is None:
        return f"{name} was not measured ({measured.note})"
    lower = metric.better == "lower"
    if measured.value <= bound if lower else measured.value >= bound:
        return ""
    return f"{name} is {measured.value:.4g}, must be {'at most' if lower else 'at least'} {bound:g}"


@pytest.fixture
def arena(request: pytest.FixtureRequest, tmp_path: Path) -> Arena:
    """Judges detectors, in the world that the test's mark ``gate`` names."""
    return Arena(request.config, request.node.get_closest_marker(MARKER), tmp_path / "arena")
