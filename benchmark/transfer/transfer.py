"""Labelled sets and detectors in; scores there, and ranks there against ranks here, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from shamcrowd.benchmark.own_logs.replaying import Limits
from shamcrowd.benchmark.transfer.as_recording import REVIEWS, write_set
from shamcrowd.benchmark.transfer.board_figures import BoardFigures
from shamcrowd.benchmark.transfer.judging import JudgedDetector, judge
from shamcrowd.benchmark.transfer.labelled import SHAM, Labelled
from shamcrowd.benchmark.transfer.ranks import (
    OVER,
    Agreement,
    agreement,
    over_sets,
    pairs_of_metrics,
)
from shamcrowd.benchmark.transfer.registry import labelled_sets
from shamcrowd.benchmark.transfer.set_base import LabelledSet, UsedFile
from shamcrowd.detectors.settings import Settings

FEW = 50
"""Sham accounts below which the page warns of a set (assumed)."""


@dataclass(frozen=True)
class SetResult:
    """What came out on one set.

    Attributes:
        name: of the set.
        about: the set.
        files: what was read.
        accounts: accounts, with a label or without.
        sham: those labelled sham.
        honest: those labelled honest.
        groups: groups of sham accounts.
        actions: actions of accounts.
        uses: uses of things, by kind.
        notes: what was left out or assumed.
        judged: each detector and control.
        agreements: ranks there against ranks here.
    """

    name: str
    about: LabelledSet
    files: list[UsedFile]
    accounts: int
    sham: int
    honest: int
    groups: int
    actions: int
    uses: dict[str, int]
    notes: list[str]
    judged: list[JudgedDetector]
    agreements: list[Agreement]

    @property
    def prevalence(self) -> float:
        """Share of sham accounts among those with a label: the chance level of a ranking."""
        return self.sham / (self.sham + self.honest)

    def plain(self) -> dict[str, Any]:
        """As data."""
        names = ("title", "source", "licence", "things", "labels", "not_labels", "independent",
                 "grouped")  # fmt: skip
        return {
            "set": self.name,
            **{name: getattr(self.about, name) for name in names},
            "files": [asdict(one) for one in self.files],
            "accounts": self.accounts, "sham": self.sham, "honest": self.honest,
            "prevalence": self.prevalence, "groups": self.groups, "actions": self.actions,
            "uses": self.uses, "notes": self.notes,
            "detectors": [
                {"detector": one.detector, "kind": one.kind, "learned": one.learned,
                 "status": one.status, "said": one.said, "blind": list(one.blind),
                 "metrics": dict(one.metrics)}
                for one in self.judged
            ],
            "agreement": [
                {"there": one.there, "here": one.here, "spearman": one.spearman,
                 "spearman_bounds": one.spearman_bounds, "kendall": one.kendall,
                 "kendall_bounds": one.kendall_bounds, "rounds": len(one.resampled),
                 "verdict": one.verdict,
                 "detectors": {name: {"there": x, "here": y}
                               for name, (x, y) in one.detectors.items()}}
                for one in self.agreements
            ],
        }  # fmt: skip


@dataclass(frozen=True)
class TransferResult:
    """What came out on all sets.

    Attributes:
        sets: one for each.
        board: which board they are compared with; "" for none.
        board_notes: what the board says of itself.
        overall: mean rank correlation over sets and its interval, by pair of metrics; None for a
            pair with fewer than two sets.
    """

    sets: list[SetResult]
    board: str
    board_notes: str
    overall: dict[str, tuple[float, tuple[float, float]] | None]

    def plain(self) -> dict[str, Any]:
        """As data."""
        return {
            "board": self.board,
            "board_notes": self.board_notes,
            "interval": OVER,
            "sets": [one.plain() for one in self.sets],
            "overall": self.overall,
        }


def transfer(
    sets: Mapping[str, Path],
    detectors: Sequence[str],
    out: Path,
    *,
    board: BoardFigures | None = None,
    settings: Mapping[str, Settings] | None = None,
    reviews: int = REVIEWS,
    limits: Limits | None = None,
    on_start: Callable[[str], None] = lambda what: None,
    done: Callable[[TransferResult], None] = lambda result: None,
) -> TransferResult:
    """Score detectors on labelled sets.

    Args:
        sets: the folder in which each set was saved, by its name.
        detectors: names, or ``path.py:Class``. The controls are always run as well.
        out: folder for the sets as recordings.
        board: what ranks are compared with; None: nothing.
        settings: settings by detector, besides those that the form of a set makes necessary.
        reviews: at most so many moments at which detectors are asked.
        limits: of time and memory of a detector.
        on_start: given what begins.
        done: given the result so far after each set.

    Raises:
        UsageError: if a set is unknown, or not in its folder.
    """
    # Every set is looked for before the first is judged.
    known = {name: labelled_sets().load(name) for name in sets}
    files = {name: known[name].used(folder) for name, folder in sets.items()}
    results: list[SetResult] = []
    so_far = _overall(results, board)
    for name, folder in sets.items():
        on_start(f"reading {name}")
        held = known[name].read(folder)
        recording = out / "recordings" / name
        write_set(name, held, recording, reviews)

        def detector_begins(detector: str, name: str = name) -> None:
            on_start(f"{name}: {detector}")

        given = {**known[name].settings}
        for detector, own in (settings or {}).items():
            given[detector] = {**given.get(detector, {}), **own}
        judged = list(
            judge(recording, detectors, grouped=known[name].grouped, settings=given,
                  limits=limits or Limits(), hidden=tuple(map(Path, sets.values())),
                  on_start=detector_begins)
        )  # fmt: skip
        agreements = []
        if board is not None:
            on_start(f"{name}: ranks")
            agreements = [agreement(judged, board, *pair) for pair in pairs_of_metrics(board)]
        results.append(_result(name, known[name], files[name], held, judged, agreements))
        so_far = _overall(results, board)
        done(so_far)
    return so_far


def _overall(results: Sequence[SetResult], board: BoardFigures | None) -> TransferResult:
    overall = {}
    for there, here in pairs_of_metrics(board) if board is not None else []:
        found = [a for r in results for a in r.agreements if (a.there, a.here) == (there, here)]
        overall[f"{there} against {here}"] = over_sets(found)
    told_of = ("", "") if board is None else (board.what, board.notes)
    return TransferResult(list(results), *told_of, overall)


def _result(
    name: str, about: LabelledSet, files: list[UsedFile], held: Labelled,
    judged: list[JudgedDetector], agreements: list[Agreement],
) -> SetResult:  # fmt: skip
    sham = held.label == SHAM
    groups = {int(g) for g in held.group[sham].tolist()} - {-1}
    uses = {one.kind: len(one.who) for one in held.uses}
    notes = list(held.notes)
    if sham.sum() < FEW:
        notes.append(f"only {sham.sum()} sham accounts: figures follow from a handful of accounts")
    return SetResult(
        name, about, files, len(held.label), int(sham.sum()), int((held.known & ~sham).sum()),
        len(groups), len(held.time), uses, notes, judged, agreements,
    )  # fmt: skip
