"""Innocent explanations: each speaks for the group that it describes, and against others."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from shamcrowd.benchmark.own_logs.explain.dossier import explain
from shamcrowd.benchmark.own_logs.explain.explanations.base import Question
from shamcrowd.benchmark.own_logs.explain.explanations.registry import explanations
from shamcrowd.benchmark.own_logs.explain.findings import SCHEMA, Said
from shamcrowd.benchmark.own_logs.explain.model import Section
from shamcrowd.benchmark.own_logs.explain.things import KINDS
from tests.recordings import recorded


def parts(folder: Path, accounts: list[int]) -> dict[str, Section]:
    """What was looked for in a group of accounts."""
    said = Said(SCHEMA.empty_table().from_pylist([
        {"detector": "d", "account": a, "score": 1.0, "place": 0.1, "cluster": 0, "reason": ""}
        for a in accounts
    ], schema=SCHEMA))  # fmt: skip
    made = explain(folder, "d-0", said=said)
    return {part.name: part for part in made.section("innocent").parts}


def balance(part: Section) -> int:
    sides = [point.side for point in part.points]
    return sides.count("for") - sides.count("against")


@pytest.fixture(scope="module")
def owners(quickstart: Path) -> pd.DataFrame:
    truth = pd.read_parquet(quickstart / "truth/accounts.parquet")
    accounts = pd.read_parquet(quickstart / "accounts.parquet")
    return accounts.merge(truth, on="account")


@pytest.mark.parametrize("value", [0.5, 0.51, 1.0])
def test_high_values_speak_for(value: float) -> None:
    assert Question("", "", speaks_for=0.5, speaks_against=0.1).side(value) == "for"


@pytest.mark.parametrize(
    ("value", "side"),
    [(0.1, "against"), (0.0, "against"), (0.11, "neither"), (0.49, "neither"), (None, "neither")],
)
def test_low_values_speak_against(value: float | None, side: str) -> None:
    assert Question("", "", speaks_for=0.5, speaks_against=0.1).side(value) == side


def test_an_explanation_s_rule_says_from_where_on() -> None:
    assert Question("", "", 0.5, 0.1).rule == "for it from 50 % on, against it up to 10 %"
    assert Question("", "", 6, 9, "count").rule == "for it up to 6, against it from 9 on"


def test_a_company_s_accounts_look_like_an_office(quickstart: Path, owners: pd.DataFrame) -> None:
    company = owners.loc[owners["persona"] == "corporate"]
    largest = company["organisation"].mode()[0]
    group = company.loc[company["organisation"] == largest, "account"].tolist()
    found = parts(quickstart, group)
    assert balance(found["office"]) >= 2
    assert balance(found["office"]) > balance(found["family"])


def test_students_look_like_a_class() -> None:
    """The largest class on a campus; of one that meets online the network says nothing."""
    people = "{casual: {accounts: 120}, classroom: {accounts: 120, newcomers: 0.7, size: 30}}"
    settings = ["campaigns=null", "prior=null", "shards=1", f"populations={people}"]
    made = recorded("quickstart-v2", 1, settings=settings)
    tables = [pd.read_parquet(made / f"{t}.parquet") for t in ("accounts", "truth/accounts")]
    students = tables[0].merge(tables[1], on="account")
    networks = pd.read_parquet(made / "addresses.parquet").set_index("address")["kind"]
    on_campus = students["address"].map(networks.astype(str)) == "campus"
    students = students[on_campus & (students["persona"] == "classroom")]
    day = students["created"].dt.date.mode()[0]
    group = students.loc[students["created"].dt.date == day, "account"].tolist()
    found = parts(made, group)
    assert len(group) > 20
    assert balance(found["course"]) == max(balance(part) for part in found.values())
    assert balance(found["course"]) >= 2


def test_phone_users_look_like_a_carrier_s(quickstart: Path, owners: pd.DataFrame) -> None:
    group = owners.loc[owners["persona"] == "mobile", "account"].tolist()
    found = parts(quickstart, group)
    sides = {p.number.label: p.side for p in found["carrier"].points}
    assert sides["share of requests from mobile networks"] == "for"


def test_a_launch_wave_s_accounts_look_like_one(quickstart: Path, owners: pd.DataFrame) -> None:
    group = owners.loc[owners["persona"] == "launch-wave", "account"].tolist()
    sides = {p.number.label: p.side for p in parts(quickstart, group)["launch-wave"].points}
    assert sides["share of the group that shares things of two families or more, without clients"]
    assert "against" in sides.values() or "for" in sides.values()


def test_a_campaign_looks_like_none_of_them(quickstart: Path, owners: pd.DataFrame) -> None:
    group = owners.loc[owners["campaign"] == "hydra", "account"].tolist()
    for name, part in parts(quickstart, group).items():
        assert balance(part) < 0, name


def test_every_explanation_says_what_to_ask() -> None:
    for name, one in explanations().load_all().items():
        assert one.ask_next.count("?") >= 1, name
        assert len(one.questions()) >= 3
        assert (type(one).__doc__ or "").strip().endswith(".")


def test_things_that_link_say_what_to_ask() -> None:
    assert all(kind.ask for kind in KINDS if kind.personal)
