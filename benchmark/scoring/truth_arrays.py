"""The truth of one recording, as arrays by account. Read only after all findings are saved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.schema import ACCOUNTS, REQUESTS
from shamcrowd.recording.table_file import read_table
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import AccountIds, Millis, Places

HONEST = -1


@dataclass(frozen=True)
class TruthArrays:
    """The truth about the n accounts, known by it, that were opened by a recording's last review.

    Attributes:
        manifest: the recording's manifest.
        account: account ids, ascending, shape (n,).
        campaign: code into ``campaigns``, ``HONEST`` (-1) for legitimate accounts, shape (n,).
        campaigns: names of the campaigns.
        tactics: the tactic of each campaign.
        segment: code into ``segments``, -1 for none, shape (n,).
        segments: names of the segments.
        sham_from: ms since 1970 from which an account is sham; it counts for sham accounts only,
            shape (n,).
        first_abuse: ms since 1970 of an account's first abusive request, -1 for none, shape (n,).
        abuse_index: index of the account of each row of the abuse table, which has a row per
            account and interval between reviews with abusive requests, shape (m,).
        abuse_review: number of the review that ends the interval, shape (m,).
        abuse_requests: abusive requests, shape (m,).
        abuse_tokens: tokens of these requests, shape (m,).
        reviews: times of the reviews in ms since 1970, ascending.
        requests: number of requests of the recording.
    """

    manifest: Manifest
    account: AccountIds
    campaign: npt.NDArray[np.int64]
    campaigns: tuple[str, ...]
    tactics: tuple[str, ...]
    segment: npt.NDArray[np.int64]
    segments: tuple[str, ...]
    sham_from: Millis
    first_abuse: Millis
    abuse_index: Places
    abuse_review: npt.NDArray[np.int64]
    abuse_requests: npt.NDArray[np.int64]
    abuse_tokens: npt.NDArray[np.int64]
    reviews: Millis
    requests: int

    @property
    def sham(self) -> npt.NDArray[np.bool_]:
        """Is an account ever abused?"""
        sham: npt.NDArray[np.bool_] = self.campaign != HONEST
        return sham

    @property
    def prevalence(self) -> float:
        """Share of sham accounts."""
        return float(self.sham.mean()) if len(self.sham) else 0.0


def open_truth(folder: Path) -> TruthArrays:
    """Read the truth of the recording in ``folder``.

    Raises:
        RecordingError: if it is not a complete recording, or a file is not as it was written.
    """
    truth = Truth(folder)
    manifest = truth.manifest
    reviews = np.array(manifest.reviews, np.int64)
    last = reviews[-1] if len(reviews) else manifest.end
    created = read_table(folder / "accounts.parquet", ACCOUNTS.schema, ["account", "created"])
    opened = created.column("created").cast("int64").to_numpy() <= last
    frame = truth.accounts().set_index("account")
    # Of some accounts of a labelled set it is not known what they are: nothing is said of them.
    account = np.sort(created.column("account").to_numpy()[opened])
    account = account[np.isin(account, frame.index.to_numpy())]
    rows = frame.loc[account]
    campaign, campaigns = _codes(rows["campaign"])
    segment, segments = _codes(rows["segment"])
    tactic_of = rows.dropna(subset=["campaign"]).astype({"campaign": str, "tactic": str})
    by_campaign = dict(zip(tactic_of["campaign"], tactic_of["tactic"], strict=True))
    sham_from = rows["sham_from"].to_numpy("datetime64[ms]").astype(np.int64)
    place, review, first, requests, tokens = _abuse(truth, account, reviews)
    first_abuse = np.full(len(account), np.iinfo(np.int64).max)
    np.minimum.at(first_abuse, place, first)
    first_abuse[first_abuse == np.iinfo(np.int64).max] = -1
    return TruthArrays(
        manifest, account, campaign, campaigns, tuple(by_campaign[c] for c in campaigns),
        segment, segments, sham_from, first_abuse, place, review, requests, tokens, reviews,
        manifest.rows["requests"],
    )  # fmt: skip


def _codes(column: object) -> tuple[npt.NDArray[np.int64], tuple[str, ...]]:
    """Codes in the order of names, so that they do not depend on the order of rows."""
    import pandas as pd

    codes = pd.Categorical(pd.Series(column).astype(object))
    return codes.codes.astype(np.int64), tuple(str(c) for c in codes.categories)


def _abuse(truth: Truth, account: AccountIds, reviews: Millis) -> tuple[npt.NDArray[np.int64], ...]:
    """Abusive requests and tokens by account and review interval."""
    keys, firsts, counts, sums = ([np.empty(0, np.int64)] for _ in range(4))
    columns = ["time", "account", "input_tokens", "output_tokens", "status"]
    for path, flags in truth.request_files():
        abusive = truth.abusive(path, flags)
        if not pc.any(abusive).as_py():
            continue
        rows = read_table(path, REQUESTS.schema, columns).filter(abusive)
        served = pc.equal(rows.column("status"), 200)
        rows = rows.filter(served)
        time = rows.column("time").cast("int64").to_numpy()
        interval = np.searchsorted(reviews, time)
        at = np.searchsorted(account, rows.column("account").to_numpy())
        tokens = rows.column("input_tokens").to_numpy().astype(np.int64)
        tokens += rows.column("output_tokens").to_numpy()
        key, code = np.unique(at * (len(reviews) + 1) + interval, return_inverse=True)
        first = np.full(len(key), np.iinfo(np.int64).max)
        np.minimum.at(first, code, time)
        keys.append(key)
        firsts.append(first)
        counts.append(np.bincount(code, minlength=len(key)))
        sums.append(np.bincount(code, weights=tokens, minlength=len(key)).astype(np.int64))
    key, code = np.unique(np.concatenate(keys), return_inverse=True)
    first = np.full(len(key), np.iinfo(np.int64).max)
    np.minimum.at(first, code, np.concatenate(firsts))
    totals = [
        np.bincount(code, weights=np.concatenate(c), minlength=len(key)).astype(np.int64)
        for c in (counts, sums)
    ]
    place, review = np.divmod(key, len(reviews) + 1)
    return place, review, first, totals[0], totals[1]
