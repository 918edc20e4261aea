"""Things that accounts use, as the log names them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.own_logs.explain.queries import Questions, view_sql
from shamcrowd.benchmark.own_logs.explain.things import ENTITIES, KINDS, uses_sql
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.schema import TABLES


@pytest.fixture(scope="module")
def questions(quickstart: Path) -> Iterator[Questions]:
    manifest = Manifest.read(quickstart)
    with Questions(quickstart) as opened:
        opened.prepare([*view_sql(manifest, manifest.end), *uses_sql({})])
        yield opened


def test_columns_are_those_of_the_format() -> None:
    named = [c for e in ENTITIES for c in e.columns] + [k.needs for k in KINDS if k.needs]
    for column in named:
        table, _, name = column.partition(".")
        assert name in TABLES[table].names, column


def test_every_kind_is_in_use(questions: Questions) -> None:
    assert {row[0] for row in questions.rows("select distinct kind from uses")} == {
        kind.name for kind in KINDS
    }


def test_an_account_uses_a_thing_once_from_when_it_first_did(
    questions: Questions, quickstart: Path
) -> None:
    assert questions.value("select count(*) from (select account, kind, thing from uses "
                           "group by all having count(*) > 1)") == 0  # fmt: skip
    files = pq.read_table(quickstart / "requests", columns=["account", "key", "time"]).to_pandas()
    key = files["key"].iloc[100]
    own = files[files["key"] == key]
    rows = questions.rows(f"select account, since from uses where kind = 'key' and thing = '{key}'")
    assert [r[0] for r in rows] == sorted(own["account"].unique())
    assert rows[0][1] == own["time"].min().strftime("%Y-%m-%d %H:%M:%S")


def test_things_count_their_accounts(questions: Questions, quickstart: Path) -> None:
    accounts = pq.read_table(quickstart / "accounts.parquet").to_pandas()
    phones = accounts["phone"].dropna().astype(int)
    phone = phones.mode()[0]
    assert (
        questions.value(f"select accounts from things where kind = 'phone' and thing = '{phone}'")
        >= (phones == phone).sum()
    )
    halves = pq.read_table(quickstart / "requests", columns=["account", "sketch"]).to_pandas()
    halves["half"] = (halves["sketch"].to_numpy() >> 32).astype("int64")
    many = halves.groupby("half")["account"].nunique()
    half, count = int(many.idxmax()), int(many.max())
    assert questions.value(
        f"select accounts from things where kind = 'prompt' and thing = 'hi-{half:08x}'"
    ) == count  # fmt: skip


def test_nothing_recorded_makes_empty_tables(quickstart: Path) -> None:
    manifest = Manifest.read(quickstart)
    lacks = {name: [c for c in table.names if c not in ("account", "time", "created")]
             for name, table in TABLES.items()}  # fmt: skip
    with Questions(quickstart) as questions:
        questions.prepare([*view_sql(manifest, manifest.end), *uses_sql(lacks)])
        assert questions.value("select count(*) from uses") == 0
        assert questions.value("select count(*) from things") == 0
