"""Reviewers for closed loops, and small recordings made with them."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import EARLIEST, NEVER
from shamcrowd.recording.view import open_log
from shamcrowd.simulator.response.reviewer import Alerts, NamedThing

WEEK = (
    "horizon=7d", "releases=[]", "campaigns.hydra.duration=5d", "campaigns.credit-farm.start=3d",
    "campaigns.credit-farm.duration=3d", "campaigns.credit-farm.burst=4h",
)  # fmt: skip
"""`quickstart-v2` in half the time, both campaigns whole."""


def plain(table: pa.Table) -> pa.Table:
    """A table whose categories are words: dictionaries differ from file to file."""
    columns = [
        c.cast(c.type.value_type) if pa.types.is_dictionary(c.type) else c for c in table.columns
    ]
    return pa.table(columns, names=table.column_names)


class Some:
    """Alerts about a share of the accounts by their ids, at every review."""

    def __init__(self, share=0.1):
        self.share = share

    def __call__(self, log):
        account = log.arrow("accounts", ["account"]).column(0).to_numpy()
        some = account[account % 1000 < 1000 * self.share]
        return Alerts(some, (some % 7).astype(float))


class Names:
    """No alerts about accounts; names things (kind, name) at every review."""

    def __init__(self, things, score=1.0):
        self.things = things
        self.score = score

    def __call__(self, log):
        named = tuple(NamedThing(kind, name, self.score) for kind, name in self.things)
        return Alerts(np.empty(0, np.int32), np.empty(0), named)


class Oracle:
    """Alerts about every account that is abused by then."""

    def receive_truth(self, truth):
        self.truth = truth.to_pandas()

    def __call__(self, log):
        now = pd.Timestamp(log.now, unit="ms", tz="UTC")
        sham = self.truth[self.truth["sham_from"] <= now]["account"].to_numpy()
        return Alerts(sham, np.ones(len(sham)))


@dataclass
class Watching:
    """Notes what it is shown, then does as another reviewer does."""

    then: object
    seen: list = field(default_factory=list)

    def __call__(self, log):
        shown = {name: plain(log.arrow(name)) for name in TABLES}
        new = {name: plain(log.new.arrow(name)) for name in TABLES}
        self.seen.append((log.now, log.since, shown, new))
        return self.then(log)


def nobody(log):
    return Alerts.none()


@dataclass
class Run:
    """A closed loop, finished."""

    folder: Path
    manifest: Manifest

    @classmethod
    def read(cls, folder):
        return cls(folder, Manifest.read(folder))

    @property
    def responses(self):
        frame = Truth(self.folder).responses()
        words = ["action", "cause", "campaign", "segment"]
        return frame.astype(dict.fromkeys(words, object)).assign(
            ms=frame["time"].astype("int64") // _UNIT[str(frame["time"].dtype)]
        )

    def rows(self, name, columns=None):
        return plain(open_log(self.folder).rows(name, EARLIEST, NEVER, columns)).to_pandas()

    @property
    def abusive(self):
        import pyarrow.parquet as pq

        flags = [f for _, f in Truth(self.folder).request_files()]
        return sum(
            int(pq.read_table(f, partitioning=None)["abusive"].to_numpy().sum()) for f in flags
        )


_UNIT = {"datetime64[ms, UTC]": 1, "datetime64[us, UTC]": 1000, "datetime64[ns, UTC]": 10**6}
