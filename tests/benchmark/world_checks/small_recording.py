"""A small recording without a world behind it, in which sham accounts are drawn by lot.

Nothing can give them away, so that a test plants what it wants to be found.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.optional_tables import OPTIONAL
from shamcrowd.recording.samples import START, sample_log
from shamcrowd.recording.schema import STREAMS, TABLES
from shamcrowd.recording.truth_schema import TRUTH_ACCOUNTS
from shamcrowd.recording.units import MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE
from tests.recordings import accept

ACCOUNTS, SHAMS, DAYS = 1000, 60, 2
CAREFUL = {"difficulty": "careful", "paired": {"ring": "steady"}}


@dataclass
class SmallRecording:
    """Tables that a test may change before they are written.

    ``sham`` says which rows of ``tables["accounts"]`` are sham accounts.
    """

    tables: dict[str, pd.DataFrame]
    sham: np.ndarray
    rng: np.random.Generator
    seed: int
    terms: dict[str, Any] | None = field(default_factory=lambda: dict(CAREFUL))

    @property
    def cards(self) -> dict[int, int]:
        """A card for every account."""
        cards = self.tables["cards"]["card"]
        return dict(zip(self.accounts["account"], cards, strict=True))

    @property
    def accounts(self) -> pd.DataFrame:
        """The accounts table."""
        return self.tables["accounts"]

    def is_sham(self, table: str) -> np.ndarray:
        """Which rows of a table belong to a sham account."""
        shams = self.accounts.loc[self.sham, "account"]
        return self.tables[table]["account"].isin(shams).to_numpy()

    def add(self, kind: str, who: np.ndarray, after: np.ndarray, **more: object) -> None:
        """Add an event of some accounts, ``after`` ms from their sign-up."""
        owner = self.accounts[who]
        rows = pd.DataFrame(dict.fromkeys(TABLES["activity"].names), index=owner.index)
        rows["account"], rows["kind"] = owner["account"], kind
        rows["time"] = owner["created"] + pd.to_timedelta(after.astype(np.int64), "ms")
        for name, value in more.items():
            rows[name] = value
        if kind == "card_added":
            rows["card"] = owner["account"].map(self.cards)
        self.tables["activity"] = pd.concat([self.tables["activity"], rows], ignore_index=True)

    def write(self, folder: Path) -> Path:
        """Write the recording with its truth."""
        rows = {}
        for name, frame in self.tables.items():
            schema = (OPTIONAL | TABLES)[name].schema
            if name in {stream.name for stream in STREAMS}:
                frame = frame.sort_values("time", kind="stable")
            table = pa.Table.from_pandas(frame[list(schema.names)], schema, preserve_index=False)
            rows[name] = table.num_rows
            self._put(table, name, folder)
        truth = pd.DataFrame(dict.fromkeys(TRUTH_ACCOUNTS.names),
                             index=self.accounts.index)  # fmt: skip
        truth["account"] = self.accounts["account"]
        honest = np.where(np.arange(len(truth)) % 3 == 0, "steady", "other")
        truth["persona"] = np.where(self.sham, "ring worker", honest)
        truth["segment"] = np.where(self.sham, None, honest)
        truth["campaign"] = np.where(self.sham, "ring", None)
        table = pa.Table.from_pandas(truth, TRUTH_ACCOUNTS.schema, preserve_index=False)
        self._put(table, "truth/accounts", folder)
        resolved = {} if self.terms is None else {"audit": self.terms}
        end = START + DAYS * MS_PER_DAY
        Manifest("small", self.seed, START, end, (end,), rows, {}, {}, resolved).write(folder)
        accept(folder)
        return folder

    @staticmethod
    def _put(table: pa.Table, name: str, folder: Path) -> None:
        path = folder / f"{name}.parquet"
        if name in {stream.name for stream in STREAMS}:
            path = folder / name / "1970-01-01-000.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path)


def small_recording(seed: int = 0) -> SmallRecording:
    """A recording of people who verify, get a key, and sometimes a card, after a while each."""
    log = sample_log(seed, ACCOUNTS, DAYS)
    rng = np.random.default_rng([seed, 1])
    tables = {name: table.to_pandas() for name, table in log.tables.items()}
    order = rng.permutation(ACCOUNTS)
    tables["accounts"] = tables["accounts"].iloc[order].reset_index(drop=True)
    # The log has a crowd of its own that shares devices; here everybody has one.
    for key, entity in (("device", "devices"), ("address", "addresses"), ("card", "cards")):
        tables[entity] = _one_each(tables[entity], key, rng)
        for table in ("accounts", "requests", "activity"):
            if key in tables[table]:
                ids = tables[entity][key].to_numpy()
                own = dict(zip(tables["accounts"]["account"], ids, strict=True))
                tables[table][key] = tables[table]["account"].map(own).astype("Int64")
    tables["accounts"]["created"] = pd.to_datetime(
        START + (rng.random(ACCOUNTS) * 0.7 * DAYS * MS_PER_DAY).astype(np.int64), unit="ms",
        utc=True,
    )  # fmt: skip
    tables["activity"] = tables["activity"].iloc[:0]
    # The log refuses nobody; here some requests are, at random.
    refused = np.random.default_rng([seed, 2]).random(len(tables["requests"])) < 0.1
    tables["requests"]["retry_after"] = pd.Series(np.where(refused, 2000, None), dtype="Int32")
    sham = np.zeros(ACCOUNTS, bool)
    sham[rng.choice(ACCOUNTS, SHAMS, replace=False)] = True
    made = SmallRecording(tables, sham, rng, seed)
    for kind, share, minutes in (
        ("email_verification_requested", 1.0, 0.5),
        ("key_created", 0.9, 8),
        ("trial_grant", 0.6, 3),
        ("card_added", 0.4, 60),
        ("login", 0.8, 200),
        ("login", 0.5, 900),
    ):
        who = rng.random(ACCOUNTS) < share
        after = rng.lognormal(np.log(minutes), 0.4, int(who.sum())) * MS_PER_MINUTE
        made.add(kind, who, np.minimum(after, MS_PER_HOUR * 20))
    return made


def _one_each(entity: pd.DataFrame, key: str, rng: np.random.Generator) -> pd.DataFrame:
    made = entity.sample(ACCOUNTS, replace=True, random_state=0).reset_index(drop=True)
    return made.assign(**{key: rng.choice(2**31 - 1, ACCOUNTS, replace=False)})
