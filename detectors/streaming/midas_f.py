"""MIDAS-F: sudden groups of similar requests, in fixed memory."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.detectors.base import Findings
from shamcrowd.detectors.features.batch import RequestBatch, batches
from shamcrowd.detectors.features.index import AccountIndex
from shamcrowd.detectors.streaming.sketch import FilteredCounts, hashed
from shamcrowd.recording.units import MS_PER_HOUR
from shamcrowd.recording.view import LogView

TICK_MS = MS_PER_HOUR
COLUMNS = ("time", "account", "address", "client")
TRAITS = ("sdk", "version", "tls", "os")


class MidasF:
    """Accounts with requests from an address block and client that are suddenly busy together.

    An edge connects the block (/24 or /64) of a request's address with the traits of its client
    (SDK, version, TLS fingerprint, operating system), in ticks of one hour. The score of an edge
    is the largest of three deviations, of the edge, the block and the client, each of this hour's
    requests from the mean, relative to the hours before; what was never seen before has none.

    Score: log(1 + the largest score of an edge among the account's requests so far).

    Paper: Bhatia et al., MIDAS, AAAI 2020 (https://arxiv.org/abs/1911.04464) and Real-Time Anomaly
    Detection in Edge Streams, TKDD 2022 (https://arxiv.org/abs/2009.08452), with its filter: hours
    beyond the threshold of 1,000 are not added to the past. Unlike there, counts below the mean are
    no anomaly (nights are quiet), and there is no decay between hours.

    Complexity: O(new rows log new rows); three sketches of 2 * 16,384 cells, whatever the traffic,
    and one number per account.

    When it fails: slow campaigns and those with as many blocks as accounts are missed. Honest
    daily rhythms, classes and nightly jobs are sudden groups too.

    >>> from shamcrowd.recording.samples import sample_log
    >>> log = sample_log()
    >>> len(MidasF().review(LogView(log, log.start + 3 * 86_400_000)).account)
    80
    """

    needs_every_request = True

    def __init__(self) -> None:
        self._index = AccountIndex()
        self._tick = 0
        self._edges, self._blocks, self._clients = (FilteredCounts() for _ in range(3))
        self._score = np.empty(0)
        self._reason: list[str] = []

    def review(self, log: LogView) -> Findings:
        """Score accounts by the most sudden group they were part of."""
        new = self._index.update(log)
        self._score = np.concatenate([self._score, np.zeros(len(new))])
        self._reason += [""] * len(new)
        known: tuple[pd.Series[str], pd.Series[str]] | None = None
        for batch in batches(log, self._index, COLUMNS):
            known = known or self._known(log)
            self._take(batch, log.start, *known)
        return Findings(self._index.ids, np.log1p(self._score), reason=list(self._reason))

    @staticmethod
    def _known(log: LogView) -> tuple[pd.Series[str], pd.Series[str]]:
        block = log.arrow("addresses", ["address", "prefix"])
        client = log.arrow("clients", ["client", *TRAITS])
        traits = [pc.fill_null(client[name].cast(pa.string()), "unknown") for name in TRAITS]
        return (
            _by_id(block["address"], block["prefix"].cast(pa.string())),
            _by_id(client["client"], pc.binary_join_element_wise(*traits, " ")),
        )

    def _take(
        self, batch: RequestBatch, start: int, blocks: pd.Series[str], clients: pd.Series[str]
    ) -> None:
        block, block_names = _coded(batch.column("address"), blocks)
        client, client_names = _coded(batch.column("client"), clients)
        tick = (batch.time - start) // TICK_MS + 1
        edge = np.stack([tick, block, client])
        # Each edge of each tick once, in order of ticks.
        width = len(client_names) + 1
        packed = (tick * (len(block_names) + 1) + block) * width + client
        distinct, first, at, count = np.unique(
            packed, return_index=True, return_inverse=True, return_counts=True
        )
        tick, block, client = edge[:, first]
        key = hashed(block_names)[block], hashed(client_names)[client]
        keys = (key[0] * 1_000_003 + key[1]) % ((1 << 31) - 1), *key
        edge_score = np.zeros(len(distinct))
        parts = (self._edges, self._blocks, self._clients)
        begin = np.flatnonzero(np.diff(tick, prepend=-1))
        for low, high in zip(begin, np.append(begin[1:], len(tick)), strict=True):
            self._advance(int(tick[low]))
            here = slice(low, high)
            for counts, those in zip(parts, keys, strict=True):
                counts.add(those[here], count[here].astype(np.float64))
            scores = [c.scores(k[here], self._tick) for c, k in zip(parts, keys, strict=True)]
            edge_score[here] = np.maximum.reduce(scores)
        self._keep(batch, edge_score[at], at, [
            f"one of {n} requests in an hour from block {block_names[b]} with client "
            f"{client_names[c]}, in traffic that far above the hours before"
            for n, b, c in zip(count.tolist(), block.tolist(), client.tolist(), strict=True)
        ])  # fmt: skip

    def _advance(self, tick: int) -> None:
        while self._tick < tick:
            for counts in (self._edges, self._blocks, self._clients):
                if self._tick:
                    counts.close(self._tick)
            self._tick += 1

    def _keep(
        self,
        batch: RequestBatch,
        score: npt.NDArray[np.float64],
        edge: npt.NDArray[np.int64],
        reasons: list[str],
    ) -> None:
        top = np.maximum.reduceat(score, batch.first)
        better = np.flatnonzero(top > self._score[batch.who])
        for i in better.tolist():
            rows = slice(batch.first[i], batch.ends[i] + 1)
            who = int(batch.who[i])
            self._score[who] = top[i]
            self._reason[who] = reasons[int(edge[rows][score[rows].argmax()])]


def _by_id(ids: pa.ChunkedArray, names: pa.ChunkedArray) -> pd.Series[str]:
    """Return names by id, as objects: selecting a few of pandas' own strings is slow."""
    return pd.Series(names.to_numpy(), ids.to_numpy(), object)


def _coded(
    ids: npt.NDArray[np.int64], names: pd.Series[str]
) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return a code per id, and the names of the codes, sorted so that ids do not order them."""
    unique, at = np.unique(ids, return_inverse=True)
    known = names.reindex(unique).fillna("unknown").to_numpy().astype(str)
    distinct, code = np.unique(known, return_inverse=True)
    return code[at], distinct.tolist()
