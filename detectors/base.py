"""The interface of a detector: ``review`` takes a view of the log and returns findings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from shamcrowd.recording.counting import counted
from shamcrowd.recording.errors import DetectorError
from shamcrowd.recording.units import AccountIds

if TYPE_CHECKING:
    from shamcrowd.recording.view import LogView

PROBABILITY, LOG_ODDS = "probability", "log-odds"
SCALES = ("", PROBABILITY, LOG_ODDS)
"""What the scores of findings may say that they are; "": an order, and nothing more."""
NO_CLUSTER = -1
"""Value in `Findings.cluster` of an account that is in no cluster."""


THING_KINDS = (
    "address", "block", "network", "client", "key", "template", "device", "card", "bin",
    "mail-domain",
)  # fmt: skip
"""Kinds of things that findings may name; `NamedThings` says where the log has them."""
MOST_THINGS = 10_000
"""Things that one review may name."""
LONGEST_NAME = 200
"""Characters of a thing's name."""


@dataclass(frozen=True)
class NamedThings:
    """Things that a detector would act on, besides accounts.

    Acting on a thing stops what goes through it: requests from an address, a block (column
    ``prefix`` of addresses), a network (``asn``), by a client, with a key, or with a prompt of a
    template (a ``sketch``; at most 4 of 64 bits apart); and all requests of accounts that have used
    a device, a card, cards of a BIN (``bin``), or signed up with a mailbox of a mail domain.

    Attributes:
        kind: length n, each one of `THING_KINDS`.
        name: length n, what the log calls it: an id, a number or a text, as text. Each pair of kind
            and name is there once.
        score: shape (n,), finite; higher is more suspicious. The same scale at every review; it
            need not be that of accounts.

    >>> NamedThings(["bin", "block"], ["400012", "100.64.3.0/24"], np.array([2.0, 1.5])).faults()
    []
    """

    kind: Sequence[str]
    name: Sequence[str]
    score: npt.NDArray[np.float64]

    def faults(self) -> list[str]:
        """What is wrong with them, a sentence each."""
        score, many = np.asarray(self.score), len(self.name)
        if score.ndim != 1 or not len(self.kind) == many == len(score):
            return [f"things have {len(self.kind)} kinds, {many} names and scores {score.shape}"]
        if many > MOST_THINGS:
            return [f"{many:,} things are named (limit {MOST_THINGS:,})"]
        faults = []
        strange = [kind for kind in self.kind if kind not in THING_KINDS]
        if strange:
            faults.append(
                f"{strange[0]!r} is no kind of thing; there are: {', '.join(THING_KINDS)}"
            )
        if not all(isinstance(n, str) and 0 < len(n) <= LONGEST_NAME for n in self.name):
            faults.append(f"names of things must be texts of 1 to {LONGEST_NAME} characters")
        elif len(set(zip(self.kind, self.name, strict=True))) != many:
            faults.append("a thing is named twice")
        if score.dtype.kind not in "fiu" or not np.isfinite(score).all():
            faults.append("scores of things must be finite numbers")
        return faults


@dataclass(frozen=True)
class Findings:
    """The result of one review: a score for every account opened so far.

    Attributes:
        account: shape (n,), ids of all accounts opened so far, each once, in any order.
        score: shape (n,), finite; higher is more suspicious. Any scale, but the same one at every
            review.
        cluster: shape (n,), number (from 0) of the group of accounts that are taken to be under
            one control, `NO_CLUSTER` for accounts in none; None if the detector does not group.
        reason: length n, one sentence per account that a reviewer can verify, "" for none; None
            if the detector gives no reasons.
        things: things that the detector names besides accounts; None if it names none.
        scale: what a score is: "probability" of sham, from 0 to 1, "log-odds" of that probability
            (natural logarithm), or "" for any other scale. Scores that say so are judged as
            probabilities, too (metrics ``brier-score`` and ``calibration-error``).

    >>> Findings(np.array([7, 9]), np.array([0.1, 0.9])).checked(np.array([9, 7])).score.tolist()
    [0.1, 0.9]
    """

    account: AccountIds
    score: npt.NDArray[np.float64]
    cluster: npt.NDArray[np.int64] | None = None
    reason: Sequence[str] | None = field(default=None, repr=False)
    things: NamedThings | None = field(default=None, repr=False)
    scale: str = ""

    def checked(self, known: AccountIds) -> Findings:
        """Check the findings against the accounts ``known`` at the review and return them.

        Args:
            known: shape (n,), ids of all accounts opened so far.

        Raises:
            DetectorError: with every error: wrong shapes or lengths, scores that are not finite,
                accounts that are unknown, missing or given twice, things that are none.
        """
        account = np.asarray(self.account)
        score = np.asarray(self.score, dtype=np.float64)
        faults = []
        if account.ndim != 1 or score.ndim != 1:
            faults.append(
                f"account and score must have one dimension, not shapes {account.shape} and "
                f"{score.shape}"
            )
        lengths = {"score": score.size}
        if self.cluster is not None:
            lengths["cluster"] = len(self.cluster)
        if self.reason is not None:
            lengths["reason"] = len(self.reason)
        for name, length in lengths.items():
            if length != account.size:
                faults.append(
                    f"{counted(length, 'value')} in {name} for {counted(account.size, 'account')}"
                )
        if not np.isfinite(score).all():
            faults.append(
                f"{counted(int((~np.isfinite(score)).sum()), 'score is', 'scores are')} NaN "
                "or infinite"
            )
        if twice := account.size - np.unique(account).size:
            faults.append(f"{counted(twice, 'account is', 'accounts are')} scored twice")
        unknown = np.setdiff1d(account, known)
        if unknown.size:
            faults.append(f"{counted(unknown.size, 'unknown account')}, for example {unknown[0]}")
        missing = np.setdiff1d(known, account)
        if missing.size:
            faults.append(
                f"no score for {missing.size} of {counted(known.size, 'account')}, for "
                f"example {missing[0]}"
            )
        if self.things is not None:
            faults += self.things.faults()
        if self.scale not in SCALES:
            faults.append(f"scale is {self.scale!r}, not one of: {', '.join(map(repr, SCALES))}")
        elif self.scale == PROBABILITY and ((score < 0) | (score > 1)).any():
            faults.append("scores that are probabilities must be from 0 to 1")
        if faults:
            raise DetectorError("findings break the contract: " + "; ".join(faults))
        return Findings(account, score, self.cluster, self.reason, self.things, self.scale)


@dataclass(frozen=True)
class Labels:
    """Labels of accounts as of a moment, for detectors that learn: late, partial, perhaps wrong.

    Attributes:
        account: shape (n,), ids of the labelled accounts. Other accounts have no label.
        sham: shape (n,), true for sham accounts, false for legitimate ones.
    """

    account: AccountIds
    sham: npt.NDArray[np.bool_]

    @property
    def digest(self) -> str:
        """A digest of both columns: 16 hexadecimal digits.

        >>> one = Labels(np.array([7, 9], np.int32), np.array([True, False]))
        >>> other = Labels(one.account, ~one.sham)
        >>> one.digest == Labels(one.account, one.sham).digest != other.digest
        True
        """
        sha = hashlib.sha256(np.ascontiguousarray(self.account, np.int64).tobytes())
        sha.update(np.packbits(self.sham).tobytes())
        return sha.hexdigest()[:16]


@runtime_checkable
class Detector(Protocol):
    """Scores accounts by the log as of each review.

    An instance is created without arguments, reviews one recording from its first review to its
    last, and may keep state between reviews. A class whose figures are rates, or gaps between
    requests, has ``needs_every_request = True``: it is not applicable to a log that holds a part
    of the requests. A class that learns from labels also has
    ``fit(log, labels)``, which is called once before the first review, with the log of another
    seed of the scenario.
    """

    def review(self, log: LogView) -> Findings:
        """Score every account opened up to ``log.now``."""
        ...
