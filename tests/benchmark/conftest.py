"""Truths made by hand, and one small run that all tests of the benchmark share."""

from __future__ import annotations

import pickle
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from shamcrowd.benchmark.evaluation.evaluate import evaluate
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.benchmark.evaluation.plan import CALIBRATION_SEEDS
from shamcrowd.benchmark.scoring.findings_store import NEVER_FLAGGED
from shamcrowd.benchmark.scoring.labelled_findings import LabelledFindings, ScoreIncreases
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.benchmark.scoring.scores import (
    CampaignOutcome,
    DetectorScores,
    Measurement,
    RecordingSummary,
    Scores,
    SegmentHarm,
)
from shamcrowd.benchmark.scoring.truth_arrays import HONEST, TruthArrays
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.simulator.scenario.load import load_scenario, resolved
from tests.benchmark.gateway import import_gateway_log
from tests.recordings import kept, lay

HOUR = MS_PER_HOUR
VOID = {"meta", "br", "link", "img"}
SCENARIO = str(Path(__file__).with_name("twice-a-day.yaml"))
SCALE = 0.15
Row = tuple[int, int, int, int]


def _manifest(reviews: Sequence[int], seed: int) -> Manifest:
    return Manifest(
        scenario="by-hand", seed=seed, start=0, end=int(reviews[-1]), reviews=tuple(reviews),
        rows={}, fingerprints={}, versions={}, resolved={},
    )  # fmt: skip


@pytest.fixture(scope="session")
def make_truth() -> Callable[..., TruthArrays]:
    """Makes a truth: reviews at 1 h, 2 h ... 4 h; ``abuse`` rows as in ``TruthArrays``."""

    def make(
        campaign: Sequence[int],
        segment: Sequence[int] | None = None,
        first_abuse: Sequence[int] | None = None,
        abuse: Sequence[Row] = (),
        sham_from: Sequence[int] | None = None,
        hours: Sequence[int] = (1, 2, 3, 4),
        seed: int = 7,
    ) -> TruthArrays:
        codes = np.array(campaign, np.int64)
        many = len(codes)
        segments = np.array(segment if segment is not None else [HONEST] * many, np.int64)
        columns = np.array(abuse, np.int64).reshape(-1, 4).T
        names = tuple(f"c{i}" for i in range(codes.max(initial=-1) + 1))
        reviews = np.array(hours, np.int64) * HOUR
        return TruthArrays(
            manifest=_manifest(reviews.tolist(), seed),
            account=np.arange(10, 10 + many, dtype=np.int32),
            campaign=codes,
            campaigns=names,
            tactics=tuple("hydra" for _ in names),
            segment=segments,
            segments=tuple(f"s{i}" for i in range(segments.max(initial=-1) + 1)),
            sham_from=np.array(sham_from if sham_from is not None else [0] * many, np.int64),
            first_abuse=np.array(first_abuse if first_abuse is not None else [-1] * many, np.int64),
            abuse_index=columns[0],
            abuse_review=columns[1],
            abuse_requests=columns[2],
            abuse_tokens=columns[3],
            reviews=reviews,
            requests=100,
        )

    return make


@pytest.fixture(scope="session")
def make_findings(make_truth: Callable[..., TruthArrays]) -> Callable[..., LabelledFindings]:
    """Makes what metrics are measured on; ``flagged`` holds review numbers, None for never."""

    def make(
        campaign: Sequence[int],
        score: Sequence[float] | None = None,
        flagged: Sequence[int | None] | None = None,
        cluster: Sequence[int] | None = None,
        increases: ScoreIncreases | None = None,
        **truth: Any,
    ) -> LabelledFindings:
        many = len(campaign)
        numbers = [NEVER_FLAGGED if f is None else f for f in flagged or [None] * many]
        no_increases = (np.empty(0, kind) for kind in (np.int64, np.int64, np.float64))
        return LabelledFindings(
            truth=make_truth(campaign, **truth),
            score=np.array(score if score is not None else [0.0] * many, np.float64),
            cluster=np.array(cluster if cluster is not None else [-1] * many, np.int64),
            flagged=np.array(numbers, np.int64),
            groups=cluster is not None,
            increases=increases or ScoreIncreases(*no_increases),
        )

    return make


@dataclass
class NotedProgress(Listener):
    """Writes down what a run told."""

    notes: list[str] = field(default_factory=list)
    stages: dict[str, int] = field(default_factory=dict)

    def stage(self, name: str, total: int) -> None:
        self.stages[name] = total

    def note(self, text: str) -> None:
        self.notes.append(text)


@dataclass(frozen=True)
class SmallRun:
    """A finished run that nobody may change."""

    folder: Path
    scores: Scores


def make_small_run(scenario: str) -> SmallRun:
    """The world at 15 %: two detectors, two scored seeds and the usual two to calibrate on."""
    names, seeds = ("velocity", "shared-resources"), (1, 2)

    def make(home: Path) -> None:
        run = lay(home / "run", scenario, (*seeds, *CALIBRATION_SEEDS), scale=SCALE)
        scores = evaluate(scenario, names, out=run, seeds=seeds, scale=SCALE, workers=2)
        (home / "scores.pickle").write_bytes(pickle.dumps(scores))

    home = kept("runs", {"small": resolved(load_scenario(scenario, scale=SCALE))}, make)
    return SmallRun(home / "run", pickle.loads((home / "scores.pickle").read_bytes()))


def make_again(scenario: str) -> Callable[..., Scores]:
    """Evaluates in a folder as the small run did; what a copy of it holds is used again."""

    def evaluated(folder: Path, detectors: Sequence[Any], **options: Any) -> Scores:
        options = {
            "seeds": (1,), "calibration_seeds": (901,), "scale": SCALE, "workers": 2, **options
        }  # fmt: skip
        return evaluate(scenario, detectors, out=folder, **options)

    return evaluated


@pytest.fixture(scope="session")
def small_run() -> SmallRun:
    """A finished run of the benchmark's world."""
    return make_small_run(SCENARIO)


@pytest.fixture(scope="session")
def again() -> Callable[..., Scores]:
    """Evaluates that world once more."""
    return make_again(SCENARIO)


@pytest.fixture
def run_copy(small_run: SmallRun, tmp_path: Path) -> Path:
    """A copy of the small run, to be changed at will."""
    return Path(shutil.copytree(small_run.folder, tmp_path / "run"))


@pytest.fixture
def heard() -> NotedProgress:
    """A listener that remembers."""
    return NotedProgress()


class Checked(HTMLParser):
    """Notes what a page would load, whether its tags close, its headings and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loads: list[str | None] = []
        self.text: list[str] = []
        self.headings: list[int] = []
        self.links: list[str] = []
        self.ids: list[str | None] = []
        self.heads: list[str | None] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "link", "img", "iframe", "object", "embed", "base"):
            self.loads.append(tag)
        loaded = [v or "" for k, v in attributes if k in ("src", "href", "srcset", "onclick")]
        here = [v for v in loaded if tag == "a" and v.startswith("#")]
        self.links += [v[1:] for v in here]
        self.loads += [v for v in loaded if v not in here]
        self.ids += [v for k, v in attributes if k == "id"]
        self.heads += [dict(attributes).get("scope")] if tag == "th" else []
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """SVG's own ending: nothing stays open."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="session")
def checked_text() -> Callable[[str], str]:
    """Gives a page's text: the page is whole in itself, its tags close, no heading is skipped.

    Links stay on the page and lead somewhere; every head of a table says of what it is one.
    """

    def text(html: str) -> str:
        checked = Checked()
        checked.feed(html)
        assert checked.open == []
        assert checked.loads == []
        assert set(checked.links) <= set(checked.ids)
        assert len(set(checked.ids)) == len(checked.ids)
        assert None not in checked.heads
        assert not re.search(r"@import|url\(", html)
        assert checked.headings[:1] == [1]
        steps = zip(checked.headings, checked.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps)
        return " ".join(" ".join(checked.text).split())

    return text


DAY = 24.0
NOISE = (0.02, -0.01, 0.0, 0.01, -0.02, 0.015, -0.015)


def _detector(name, level, seeds, kind="detector"):
    """All metrics at ``level``, a little apart by seed; campaign recall by two campaigns."""
    values = [level + NOISE[i % len(NOISE)] for i in range(len(seeds))]
    measured = {
        metric: Measurement(sum(values) / len(values), None, None, tuple(values), "",
                            tuple((v - 0.05, v + 0.05) if metric == "campaign-recall" else (v,)
                                  for v in values))
        for metric in metrics()
    }  # fmt: skip
    measured["time-to-detect"] = Measurement(None, note="over half were never flagged")
    campaigns = tuple(
        CampaignOutcome(seed, name_, tactic, 10, round(10 * v), 40, 1000, round(1000 * v), None,
                        None, tuple((DAY * d, v * d / 4, 250 * d, 0) for d in range(1, 5)))
        for seed, v in zip(seeds, values, strict=True)
        for name_, tactic in (("wide", "hydra"), ("deep", "credit_farm"))
    )  # fmt: skip
    hurt = tuple((100, round(10 * v)) for v in values)
    segments = (
        SegmentHarm("classroom", 100 * len(seeds), sum(h for _, h in hurt), (), hurt),
        SegmentHarm("hermit", 5 * len(seeds), 0, (), tuple((5, 0) for _ in seeds)),
    )
    return DetectorScores(
        name, "", kind, "ok", metrics=measured, campaigns=campaigns, segments=segments
    )


@pytest.fixture(scope="session")
def make_scores():
    """Makes one scenario's result: detectors with the level of all their figures."""

    def make(scenario="s-v1", seeds=(1, 2, 3, 4, 5), fingerprint="f", **levels):
        levels = {n.replace("_", "-"): v for n, v in levels.items()} or {"linker": 0.5}
        return Scores(
            scenario, scenario, "", tuple(seeds), (901, 902), 0.01, 0, 1, (1,),
            tuple(RecordingSummary(s, f"{fingerprint}{s}", 250, 20, 1000, 0.08) for s in seeds),
            (*(_detector(n, v, seeds) for n, v in levels.items()),
             _detector("oracle", 0.95, seeds, "control"),
             _detector("random", 0.02, seeds, "control")),
            {"source": "a", "scoring": "b"}, {"horizon": "4d"},
        )  # fmt: skip

    return make


SUITE = (
    "mixed-careless-v2", "mixed-v2", "mixed-expert-v2", "ring-careless-v1", "ring-v1",
    "ring-expert-v1", "calm-v2",
)  # fmt: skip


@pytest.fixture(scope="session")
def suite(make_scores):
    """Makes a suite of seven scenarios, each harder than the one before."""

    def make(**levels):
        return [
            make_scores(name, **{n: v - 0.02 * i for n, v in levels.items()})
            for i, name in enumerate(SUITE)
        ]

    return make


@pytest.fixture(scope="session")
def gateway_log(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """A log that a gateway might have kept, imported: its recording, and ids by name."""
    return import_gateway_log(tmp_path_factory.mktemp("gateway"))
