"""The result of a run as plain records: the contents of ``scores.json`` and of the report."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shamcrowd.recording.errors import MissingFileError, NothingToJudgeError
from shamcrowd.recording.json_file import JsonKind, as_record, read_checked, write_checked

if TYPE_CHECKING:
    import pandas as pd

    from shamcrowd.benchmark.scoring.operating_point import OperatingRule

SCORES_VERSION = 3
KINDS = ("detector", "ceiling", "control")
"""Of rows, in the order of a board."""
KIND = JsonKind("scores", "score the run again: shamcrowd score", SCORES_VERSION)


@dataclass(frozen=True)
class Measurement:
    """One metric of one detector over the scored seeds.

    ``value`` is None where nothing could be measured (it is never zero then); ``note`` says why.
    ``low`` and ``high`` bound a 95 % interval, None below the minimum of seeds or campaigns.
    ``by_seed`` holds a value per scored seed, in the order of ``Scores.seeds``; ``parts`` the
    values that it is the mean of: one per campaign, or a single one. ``by_training`` holds the
    parts by training seed, in the order of ``DetectorScores.fitted``, if the detector was fitted
    on several; the others are means over them then.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    by_seed: tuple[float | None, ...] = ()
    note: str = ""
    parts: tuple[tuple[float, ...] | None, ...] = ()
    by_training: tuple[tuple[tuple[float, ...] | None, ...], ...] = ()


@dataclass(frozen=True)
class CampaignOutcome:
    """How one detector fared against one campaign on one seed.

    ``first_flag_hours`` counts from the campaign's first abusive request to the first review at
    which one of its accounts was flagged, ``half_hours`` to the one at which half of them were;
    None if never. ``curve`` has a point per review: (hours since the recording's start, share of
    the campaign's accounts so far flagged, abusive tokens so far, of those let through before
    the account was flagged). ``missed`` says in a sentence what the unflagged accounts have in
    common; "" if none were missed. Of a detector that was fitted on several training seeds all is
    of the first; ``by_training`` holds ``flagged`` and ``tokens_prevented`` of each.
    """

    seed: int
    campaign: str
    tactic: str
    accounts: int
    flagged: int
    requests: int
    tokens: int
    tokens_prevented: int
    first_flag_hours: float | None
    half_hours: float | None
    curve: tuple[tuple[float, float, int, int], ...] = ()
    missed: str = ""
    reasons: tuple[str, ...] = ()
    by_training: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class SegmentHarm:
    """Legitimate accounts of one segment over all scored seeds, and how many were flagged.

    ``by_seed`` holds both for each scored seed. Of a detector that was fitted on several training
    seeds both are of the first; ``by_training`` holds those flagged by training seed and scored
    seed.
    """

    segment: str
    accounts: int
    flagged: int
    reasons: tuple[str, ...] = ()
    by_seed: tuple[tuple[int, int], ...] = ()
    by_training: tuple[tuple[int, ...], ...] = ()

    @property
    def rate(self) -> float | None:
        """False-positive rate of the segment; None if it is empty."""
        return self.flagged / self.accounts if self.accounts else None


@dataclass(frozen=True)
class ReliabilityBin:
    """Accounts to which a detector gave a probability from ``low`` to below ``high``.

    ``expected`` is the mean of their probabilities; ``sham`` of the ``accounts`` are sham accounts.
    """

    low: float
    high: float
    accounts: int
    expected: float
    sham: int


@dataclass(frozen=True)
class TrainingLabels:
    """The labels that a detector was fitted with on one training seed.

    ``labels`` counts all of them, ``named`` those that say sham, ``right`` those of these that are
    right.
    """

    seed: int
    labels: int
    named: int
    right: int


@dataclass(frozen=True)
class DetectorScores:
    """One detector on one scenario.

    ``kind`` is ``detector``, ``ceiling`` (a detector fitted with more than it would have; see
    `shamcrowd.benchmark.evaluation.ceilings`) or ``control``; ``status`` is ``ok``, ``failed`` or
    ``unavailable``; ``error`` holds the message and the detector's own frames if it is not ``ok``.
    ``fitted`` has the labels of each training seed if it was fitted. ``threshold`` is the operating
    point (None: nothing may be flagged). ``seconds`` is CPU time summed over scored seeds, per
    training seed; ``peak_mib`` the largest resident set. ``reliability`` is there if its scores are
    probabilities, over all scored seeds, of the first training seed.
    """

    name: str
    about: str
    kind: str
    status: str
    error: str = ""
    threshold: float | None = None
    seconds: float | None = None
    peak_mib: float | None = None
    metrics: dict[str, Measurement] = field(default_factory=dict)
    campaigns: tuple[CampaignOutcome, ...] = ()
    segments: tuple[SegmentHarm, ...] = ()
    fitted: tuple[TrainingLabels, ...] = ()
    reliability: tuple[ReliabilityBin, ...] = ()


@dataclass(frozen=True)
class RecordingSummary:
    """What one scored recording held."""

    seed: int
    fingerprint: str
    accounts: int
    sham_accounts: int
    requests: int
    prevalence: float


@dataclass(frozen=True)
class Scores:
    """Everything measured in one run, in the order of the board."""

    scenario: str
    title: str
    about: str
    seeds: tuple[int, ...]
    calibration_seeds: tuple[int, ...]
    alert_rate: float
    """Share of legitimate accounts that the operating point may flag on the calibration seeds."""
    start: int
    end: int
    reviews: tuple[int, ...]
    recordings: tuple[RecordingSummary, ...]
    detectors: tuple[DetectorScores, ...]
    versions: dict[str, str]
    settings: dict[str, Any] = field(default_factory=dict)
    """The resolved scenario."""
    training: dict[str, Any] = field(default_factory=dict)
    """The world and the labels with which detectors were fitted."""
    operating_point: str = ""
    """How it was set, where not by the alert rate: ``alerts-a-day=20``."""
    version: int = SCORES_VERSION

    @property
    def rule(self) -> OperatingRule:
        """How operating points were set."""
        # Scores are loaded with every command, numpy only where it is needed.
        from shamcrowd.benchmark.scoring.operating_point import OperatingRule

        return OperatingRule.of(self.alert_rate, self.operating_point)

    def to_frame(self) -> pd.DataFrame:
        """All figures in long form.

        Returns:
            A row for each detector and metric, in the order of the board: ``scenario``,
            ``detector``, ``kind``, ``status``, ``metric``, ``value``, ``low`` and ``high`` (ends of
            the 95 % interval), ``seeds`` (how many gave a value), ``note``. What was not measured
            is missing, and ``note`` says why. A detector that failed has one row without a metric.
        """
        from shamcrowd.benchmark.scoring.frame import frame_of

        rows: list[tuple[Any, ...]] = []
        for scored in self.detectors:
            about = (self.scenario, scored.name, scored.kind, scored.status)
            if not scored.metrics:
                rows.append((*about, None, None, None, None, 0, scored.error.partition("\n")[0]))
            for name, m in scored.metrics.items():
                seeds = sum(value is not None for value in m.by_seed)
                rows.append((*about, name, m.value, m.low, m.high, seeds, m.note))
        return frame_of(rows)

    def _repr_html_(self) -> str:
        """All metrics as a table, for notebooks."""
        from shamcrowd.benchmark.scoring.frame import frame_html

        said = f"{self.scenario}, {len(self.seeds)} scored seed{'s' * (len(self.seeds) != 1)}"
        return frame_html(self.to_frame(), said)

    def write(self, path: Path) -> None:
        """Write as JSON, in one step."""
        write_checked(path, asdict(self))

    @classmethod
    def read(cls, path: Path) -> Scores:
        """Read what `write` wrote.

        Raises:
            NothingToJudgeError: if there is nothing.
            UnreadableError: if it is damaged, of another version, or not as it was written.
        """
        try:
            return as_record(cls, read_checked(path, KIND), path, KIND)
        except MissingFileError:
            raise NothingToJudgeError(
                f"{path}: no scores here; make them with `shamcrowd run`"
            ) from None
