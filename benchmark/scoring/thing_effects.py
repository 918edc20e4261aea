"""What acting on the things that a detector names would stop, and whom it would hurt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.benchmark.scoring.truth_arrays import TruthArrays
from shamcrowd.recording.schema import REQUESTS
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import EARLIEST, Places
from shamcrowd.recording.view import Rows, open_log

OF_REQUESTS = ("address", "client", "key")
"""Kinds whose name is an id in a column of requests."""
OF_ADDRESSES = {"block": "prefix", "network": "asn"}
TEMPLATE_BITS = 4
"""Bits in which a prompt of a template may differ from the sketch that names it."""
NEVER_NAMED = -np.inf
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ThingEffects:
    """Effects of acting on things from the review on at which they were named, by their scores.

    Attributes:
        hurt: shape (n,), for each account of the truth the largest score of a thing whose loss
            would have cost it a served request; -inf if none would have.
        score: shape (k,), for each served abusive request the same, ascending, each value once.
        tokens: shape (k,), tokens of the abusive requests of each score.
    """

    hurt: Scores
    score: Scores
    tokens: npt.NDArray[np.int64]

    def stopped(self, threshold: float) -> float:
        """Share of abusive tokens that acting on things with a higher score would have stopped."""
        total = int(self.tokens.sum())
        return float(self.tokens[self.score > threshold].sum() / total) if total else 0.0


def thing_effects(recording: Path, truth: TruthArrays, things: pa.Table) -> ThingEffects:
    """Play a recording once more without what goes through the things that a detector named.

    Args:
        recording: its folder.
        truth: its truth.
        things: shape as in `shamcrowd.benchmark.scoring.findings_store.THINGS`.
    """
    rows = Rows(open_log(recording), EARLIEST, truth.manifest.end)
    named = _NamedNumbers(things, len(truth.reviews))
    by_account = _by_account(rows, named, truth)
    known = {
        kind: _by_id(rows.arrow("addresses", ["address", column]), named.numbers(kind))
        for kind, column in OF_ADDRESSES.items()
    }
    opened = Truth(recording)
    hurt = np.full(len(truth.account), NEVER_NAMED)
    scores, tokens = [np.empty(0)], [np.empty(0, np.int64)]
    wanted = ["time", "account", *OF_REQUESTS, "sketch", "input_tokens", "output_tokens", "status"]
    for path, flags in opened.request_files():
        asked = read_table(path, REQUESTS.schema, wanted)
        served = pc.equal(asked["status"], 200)
        abusive = opened.abusive(path, flags).filter(served).to_numpy()
        asked = asked.filter(served)
        interval = np.searchsorted(truth.reviews, asked["time"].cast(pa.int64()).to_numpy())
        ids = asked["account"].to_numpy()
        place = np.minimum(np.searchsorted(truth.account, ids), max(len(truth.account) - 1, 0))
        inside = truth.account[place] == ids
        best = by_account[place, interval]
        codes = [named.of_ids(kind, asked[kind].to_numpy()) for kind in OF_REQUESTS]
        codes += [_looked_up(asked["address"].to_numpy(), *pair) for pair in known.values()]
        for code in codes:
            best = np.maximum(best, named.score[code, interval])
        best = np.maximum(best, named.of_sketches(asked["sketch"].to_numpy(), interval))
        np.maximum.at(hurt, place[inside], best[inside])
        drawn = (
            asked["input_tokens"].to_numpy().astype(np.int64) + asked["output_tokens"].to_numpy()
        )
        scores.append(best[abusive & inside])
        tokens.append(drawn[abusive & inside])
    score, code = np.unique(np.concatenate(scores), return_inverse=True)
    total = np.zeros(len(score), np.int64)
    np.add.at(total, code, np.concatenate(tokens))
    return ThingEffects(hurt, score, total)


class _NamedNumbers:
    """The things: a number for each, and its score in each interval between reviews.

    The last number stands for a thing that nobody named.
    """

    def __init__(self, things: pa.Table, reviews: int) -> None:
        pairs = zip(things["kind"].to_pylist(), things["name"].to_pylist(), strict=True)
        self._numbers: dict[str, dict[str, int]] = {}
        code, many = [], 0
        for kind, name in pairs:
            of_kind = self._numbers.setdefault(kind, {})
            if name not in of_kind:
                of_kind[name], many = many, many + 1
            code.append(of_kind[name])
        self.score = np.full((many + 1, reviews + 1), NEVER_NAMED)
        # Named at a review, it is acted on from the next interval on.
        at = things["review"].to_numpy() + 1
        np.maximum.at(self.score, (np.array(code, np.int64), at), things["score"].to_numpy())
        np.maximum.accumulate(self.score, axis=1, out=self.score)

    def numbers(self, kind: str) -> Mapping[str, int]:
        """Number of each thing of a kind, by name."""
        return self._numbers.get(kind, {})

    def of_ids(self, kind: str, ids: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        """Number of each thing that has an id."""
        numbers = {int(n): c for n, c in self.numbers(kind).items() if n.isdecimal()}
        order = sorted(numbers)
        names, codes = np.array(order, np.int64), np.array([numbers[n] for n in order], np.int64)
        return _looked_up(ids, names, codes)

    def of_sketches(
        self, sketch: npt.NDArray[np.uint64], interval: npt.NDArray[np.int64]
    ) -> Scores:
        """Largest score, in its interval, of the templates that each prompt is of."""
        best = np.full(len(sketch), NEVER_NAMED)
        for name, number in self.numbers("template").items():
            if name.isdecimal() and int(name) < 2**64:
                near = np.bitwise_count(sketch ^ np.uint64(int(name))) <= TEMPLATE_BITS
                best[near] = np.maximum(best[near], self.score[number, interval[near]])
        return best


def _looked_up(
    ids: npt.NDArray[np.integer], known: npt.NDArray[np.int64], codes: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Codes of ids, ``known`` being ascending; -1 for others."""
    at = np.searchsorted(known, ids)
    found: npt.NDArray[np.int64] = np.where(
        np.append(known, -1)[at] == ids, np.append(codes, -1)[at], -1
    )
    return found


def _by_id(
    table: pa.Table, numbers: Mapping[str, int]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Ids, ascending, and the number of the thing that each belongs to, of a table of both."""
    text = table.column(1).cast(pa.string())
    code = pc.index_in(text, pa.array(list(numbers), pa.string())).fill_null(-1).to_numpy()
    codes = np.append(np.array(list(numbers.values()), np.int64), -1)[code]
    ids = table.column(0).to_numpy().astype(np.int64)
    order = np.argsort(ids, kind="stable")
    return ids[order], codes[order]


def _by_account(rows: Rows, named: _NamedNumbers, truth: TruthArrays) -> Scores:
    """Largest score of the things that each account has used by each interval.

    Shape (accounts, intervals).
    """
    best = np.full((max(len(truth.account), 1), len(truth.reviews) + 1), NEVER_NAMED)
    opened = rows.arrow("accounts", ["account", "created", "device", "mailbox"])
    acted = rows.arrow("activity", ["account", "time", "device", "card"])
    bins = _by_id(rows.arrow("cards", ["card", "bin"]), named.numbers("bin"))
    domains = _by_id(rows.arrow("mailboxes", ["mailbox", "domain"]), named.numbers("mail-domain"))
    for table, time, column in (
        (opened, "created", "device"), (opened, "created", "mailbox"),
        (acted, "time", "device"), (acted, "time", "card"),
    ):  # fmt: skip
        there = table.filter(table[column].is_valid())
        ids = there[column].to_numpy()
        if column == "device":
            codes = [named.of_ids("device", ids)]
        elif column == "card":
            codes = [named.of_ids("card", ids), _looked_up(ids, *bins)]
        else:
            codes = [_looked_up(ids, *domains)]
        since = np.searchsorted(truth.reviews, there[time].cast(pa.int64()).to_numpy())
        _raise(best, named, codes, since, truth, there["account"].to_numpy())
    return best


def _raise(
    best: Scores, named: _NamedNumbers, codes: Sequence[npt.NDArray[np.int64]],
    since: npt.NDArray[np.int64], truth: TruthArrays, ids: npt.NDArray[np.integer],
) -> None:  # fmt: skip
    place: Places = np.minimum(np.searchsorted(truth.account, ids), max(len(truth.account) - 1, 0))
    inside = truth.account[place] == ids if len(truth.account) else np.zeros(len(ids), np.bool_)
    for code in codes:
        for row in np.flatnonzero(inside & (code >= 0)).tolist():
            at = best[place[row], since[row] :]
            np.maximum(at, named.score[code[row], since[row] :], out=at)
