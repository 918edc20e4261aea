"""A small recording to audit, and copies of it with a leak planted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.world_checks.audit import Audit, audit
from tests.recordings import recorded

SETTINGS = ("campaigns.credit-farm=null", "audit={paired: {hydra: corporate}}")


@pytest.fixture(scope="session")
def world() -> Path:
    """`quickstart-v2` at 0.35 with its hydra alone: 38 sham accounts of 724."""
    return recorded("quickstart-v2", 5, scale=0.35, settings=SETTINGS)


@pytest.fixture(scope="session")
def audited(world: Path) -> Audit:
    """What the audit says of it as it is."""
    return audit(world)


@dataclass(frozen=True)
class Plant:
    """A copy of the recording that may be changed table by table."""

    folder: Path
    shams: frozenset[int]

    def files(self, table: str) -> list[Path]:
        """The files of a table."""
        single = self.folder / f"{table}.parquet"
        return [single] if single.is_file() else sorted((self.folder / table).glob("*.parquet"))

    def change(self, table: str, changed: Callable[[pa.Table, np.ndarray], pa.Table]) -> None:
        """Rewrite a table; ``changed`` gets each file's rows and which of them are a sham's."""
        for path in self.files(table):
            rows = pq.read_table(path, partitioning=None)
            owner = rows.column("account").to_numpy() if "account" in rows.column_names else []
            pq.write_table(changed(rows, np.isin(owner, list(self.shams))), path)

    def held(self, column: str) -> set[int]:
        """Ids that sham accounts gave at sign-up."""
        accounts = pd.read_parquet(self.folder / "accounts.parquet")
        return set(accounts.loc[accounts["account"].isin(self.shams), column].dropna().astype(int))

    def renumber(self, key: str, tables: tuple[str, ...], new: dict[int, int]) -> None:
        """Give ids new numbers wherever they stand."""
        for table in tables:
            for path in self.files(table):
                rows = pq.read_table(path, partitioning=None)
                ids = [new.get(i, i) for i in rows.column(key).to_pylist()]
                pq.write_table(self.put(rows, key, ids), path)

    @staticmethod
    def put(rows: pa.Table, name: str, values: object) -> pa.Table:
        """A table with other values in a column."""
        at = rows.column_names.index(name)
        field = rows.schema.field(name)
        return rows.set_column(at, field, pa.array(values, field.type))

    def promise(self, terms: dict[str, object] | None) -> None:
        """Let the scenario state these bounds; None: a recording from before there were any."""
        manifest = self.folder / "manifest.json"
        about = json.loads(manifest.read_text())
        del about["resolved"]["audit"]
        if terms is not None:
            about["resolved"]["audit"] = terms
        manifest.write_text(json.dumps(about))


@pytest.fixture(scope="session")
def new_plant(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Plant]:
    """Makes copies of the small recording to plant leaks in."""

    def make() -> Plant:
        folder = Path(shutil.copytree(world, tmp_path_factory.mktemp("plant") / "recording"))
        truth = pd.read_parquet(folder / "truth" / "accounts.parquet")
        shams = truth.loc[truth["campaign"].notna(), "account"]
        return Plant(folder, frozenset(shams.tolist()))

    return make
