"""Runs detectors over a recording, with truth or without, and ranks its accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from shamcrowd.benchmark.execution.sandbox import MEMORY_LIMIT
from shamcrowd.benchmark.execution.seal import seal
from shamcrowd.benchmark.own_logs.history import History
from shamcrowd.benchmark.own_logs.replaying import Limits, NotApplicableError, replayed
from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.registry import is_shipped, load_detector
from shamcrowd.detectors.settings import Settings, check_settings
from shamcrowd.detectors.signals import NotingSource, blind_to, is_applicable
from shamcrowd.recording.errors import ShamcrowdError, UsageError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import EARLIEST, AccountIds
from shamcrowd.recording.view import open_log

ONE_SCORE = "it gives all accounts one score, which ranks nobody"


def holds_all(manifest: Manifest) -> bool:
    """Whether a row is a request and all requests are there, as far as the import knows."""
    imported = manifest.imported
    return float(imported.get("sampling", 1.0)) >= 1 and not imported.get("buckets", False)


@dataclass(frozen=True)
class Detected:
    """What one detector said.

    Attributes:
        detector: its name.
        findings: its findings at the last review; None if it is not applicable or failed.
        blind: columns that it looks at and the log does not have.
        said: why it is not applicable, how it failed, or that it ranks nobody; "" otherwise.
        failed: whether it failed.
        largest: the largest score that each account ever had, by ascending account.
    """

    detector: str
    findings: Findings | None
    blind: tuple[str, ...] = ()
    said: str = ""
    failed: bool = False
    largest: npt.NDArray[np.float64] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class BestPlaces:
    """The best place that any detector gives each account at the review ``now``; shape (n,)."""

    now: int
    account: AccountIds
    place: npt.NDArray[np.float64]


def places(score: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The share of accounts that a detector scores higher than each, equal ones counted half.

    >>> places(np.array([5.0, 1.0, 1.0, 1.0])).tolist()
    [0.125, 0.625, 0.625, 0.625]
    """
    from scipy.stats import rankdata

    place: npt.NDArray[np.float64] = (rankdata(-score) - 0.5) / len(score)
    return place


@dataclass(frozen=True)
class Detection:
    """What all detectors said of a recording as of a moment.

    Attributes:
        recording: its folder.
        now: the moment, ms since 1970.
        accounts: shape (n,), the accounts opened by then.
        detected: one for each detector.
        places: the best place that any detector gives each account, review by review, if asked.
        seal: how their processes were sealed off, as `shamcrowd.benchmark.execution.seal` says.
    """

    recording: Path
    now: int
    accounts: np.ndarray[tuple[int], np.dtype[np.int32]]
    detected: list[Detected] = field(default_factory=list)
    places: list[BestPlaces] = field(default_factory=list)
    seal: str = ""


def detect(
    recording: Path | str,
    detectors: Sequence[str],
    *,
    as_of: int | None = None,
    time_limit: float = 1800.0,
    memory_limit: int = MEMORY_LIMIT,
    settings: Mapping[str, Settings] | None = None,
    every_review: bool = False,
    hidden: Sequence[Path] = (),
    on_start: Callable[[str], None] = lambda name: None,
) -> Detection:
    """Run detectors over a recording up to a moment.

    Each runs in a process of its own, sealed off as in a benchmark, and is asked at every review
    of the recording up to the moment.

    Args:
        recording: the folder; its truth, if there is one, is not opened.
        detectors: names, or ``path.py:Class``.
        as_of: the moment, ms since 1970; None: the end of the recording.
        time_limit: seconds that a detector may take.
        memory_limit: MiB that it may use.
        settings: settings by detector.
        every_review: keep the places of every review.
        hidden: files that no detector may read, wherever they lie.
        on_start: given the name of each detector before it starts.

    Raises:
        RecordingError: if ``recording`` is none.
        UsageError: if nothing was opened by ``as_of``.
    """
    folder = Path(recording)
    manifest, source = Manifest.read(folder), open_log(folder)
    now = manifest.end if as_of is None else min(as_of, manifest.end)
    accounts = source.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy()
    if not len(accounts):
        raise UsageError("no account was opened by then; name a later moment with --as-of")
    found = Detection(folder, now, accounts, seal=seal().line)
    reviews = [moment for moment in manifest.reviews if moment < now] + [now]
    for name in detectors:
        on_start(name)
        noting = NotingSource(source)
        own = (settings or {}).get(name)
        findings: Findings | None = None
        history, reviewed = History(), []
        limits, said = Limits(time_limit, memory_limit), ""
        try:
            played = replayed(
                name,
                folder,
                noting,
                reviews,
                limits,
                own,
                every_request=holds_all(manifest),
                hidden=hidden,
            )
            for one in played:
                history.add(one)
                if every_review:
                    reviewed.append(one)
            findings = history.last
        except NotApplicableError as why:
            found.detected.append(Detected(name, None, said=str(why)))
            continue
        except ShamcrowdError as fault:
            blind = blind_to(noting.signals, manifest.not_recorded)
            found.detected.append(Detected(name, None, blind, str(fault), failed=True))
            continue
        blind = blind_to(noting.signals, manifest.not_recorded)
        if findings is not None and not is_applicable(noting.signals, blind):
            said, findings = f"the log has none of what it looks at: {', '.join(blind)}", None
        elif findings is not None and len(accounts) > 1 and np.ptp(findings.score) == 0:
            said = ONE_SCORE
        largest = history.largest if findings is not None else None
        found.detected.append(Detected(name, findings, blind, said, largest=largest))
        if findings is not None:
            best_places(found.places, reviews, reviewed)
    return found


def best_places(
    held: list[BestPlaces], reviews: Sequence[int], reviewed: Sequence[Findings]
) -> None:
    """Take the places of one more detector into the best ones of each review."""
    for number, (now, one) in enumerate(zip(reviews, reviewed, strict=False)):
        order = np.argsort(one.account)
        place = places(one.score)[order]
        if number == len(held):
            held.append(BestPlaces(now, one.account[order], place))
        else:
            np.minimum(held[number].place, place, out=held[number].place)


def check_all_settings(settings: Mapping[str, Settings], detectors: Sequence[str]) -> None:
    """Refuse settings of detectors that do not run, or that they do not have.

    Of detectors that are not shipped nothing is loaded here: their processes refuse.

    Raises:
        UsageError: with what there is.
    """
    for name, given in settings.items():
        if name not in detectors:
            raise UsageError(f"--set {name}: does not run; there are: {', '.join(detectors)}")
        if is_shipped(name):
            check_settings(name, load_detector(name), given)
