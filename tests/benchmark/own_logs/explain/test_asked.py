"""What a dossier can be asked for, and what is said where there is none."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.own_logs.explain.dossier import explain
from shamcrowd.benchmark.own_logs.explain.findings import SCHEMA, Said
from shamcrowd.benchmark.own_logs.explain.growing import GrowthRule
from shamcrowd.recording.errors import UsageError

Gateway = tuple[Path, dict[str, int]]
ALONE = GrowthRule(most_rounds=0)


def members(folder: Path, asked: str, **more: object) -> set[int]:
    made = explain(folder, asked, rule=ALONE, **more)  # type: ignore[arg-type]
    return {int(str(row[0])) for row in made.section("who").listings[0].rows}


def test_an_account_by_its_id(quickstart: Path) -> None:
    account = pq.read_table(quickstart / "accounts.parquet")["account"][0].as_py()
    assert members(quickstart, str(account)) == {account}
    assert members(quickstart, f"account:{account}") == {account}


def test_things_of_every_kind(quickstart: Path) -> None:
    accounts = pq.read_table(quickstart / "accounts.parquet").to_pandas()
    device = accounts["device"].mode()[0]
    own = set(accounts.loc[accounts["device"] == device, "account"])
    assert own <= members(quickstart, f"device:{device}")
    boxes = pq.read_table(quickstart / "mailboxes.parquet").to_pandas()
    domain = boxes["domain"].value_counts().index[-1]
    held = accounts.merge(boxes[boxes["domain"] == domain], on="mailbox")["account"]
    assert members(quickstart, f"domain:{domain}") == set(held)
    blocks = pq.read_table(quickstart / "addresses.parquet").to_pandas()
    block = blocks.loc[blocks["address"] == accounts["address"].iloc[0], "prefix"].iloc[0]
    assert members(quickstart, block) == members(quickstart, f"block:{block}")
    assert accounts["account"].iloc[0] in members(quickstart, block)


def test_a_name_where_names_are_known(gateway_log: Gateway) -> None:
    folder, ids = gateway_log
    names = {"account": {number: name for name, number in ids.items()}}
    assert members(folder, "user-9", names=names) == {ids["user-9"]}
    with pytest.raises(UsageError, match="no account 'usr-9' in the log; did you mean user-9"):
        explain(folder, "usr-9", names=names)


def test_an_unknown_account_and_those_near_it(quickstart: Path) -> None:
    account = pq.read_table(quickstart / "accounts.parquet")["account"][5].as_py()
    with pytest.raises(UsageError, match=f"did you mean .*{account}"):
        explain(quickstart, f"{account}0")
    with pytest.raises(UsageError, match=r"no account 'nobody' in the log$"):
        explain(quickstart, "nobody")


def test_an_unknown_kind_or_thing(quickstart: Path) -> None:
    with pytest.raises(UsageError, match="no kind of thing 'devise'; did you mean device:3"):
        explain(quickstart, "devise:3")
    with pytest.raises(UsageError, match="no account in the log uses device:0"):
        explain(quickstart, "device:0")
    with pytest.raises(UsageError, match="no account in the log uses block:"):
        explain(quickstart, "203.0.113.0/24")


def test_a_thing_that_is_not_recorded(gateway_log: Gateway) -> None:
    with pytest.raises(UsageError, match=r"does not have a column for it \(not recorded\)"):
        explain(gateway_log[0], "device:3")


def test_an_unknown_cluster(quickstart: Path) -> None:
    accounts = pq.read_table(quickstart / "accounts.parquet")["account"].to_pylist()[:2]
    said = Said(SCHEMA.empty_table().from_pylist([
        {"detector": "d", "account": a, "score": 1.0, "place": 0.1, "cluster": 7, "reason": ""}
        for a in accounts
    ], schema=SCHEMA))  # fmt: skip
    assert members(quickstart, "d-7", said=said) == set(accounts)
    with pytest.raises(UsageError, match="no cluster d-71 in what d said; did you mean d-7"):
        explain(quickstart, "d-71", said=said)
