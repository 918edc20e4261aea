"""What is shared by chance, as the dossier's query counts it."""

from __future__ import annotations

import pytest

from shamcrowd.benchmark.own_logs.explain.sharing import PAIRS_BY_CHANCE


def pairs(things: list[tuple[str, int]], accounts: int = 20_000, members: int = 20) -> float:
    """Pairs expected by chance, for things of families that so many accounts use."""
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.execute(f"create table accounts as select * from range({accounts}) t(account)")
        connection.execute(f"create table members as select * from range({members}) t(account)")
        connection.execute("create table things (kind varchar, accounts bigint)")
        connection.execute("create table linking (kind varchar, family varchar)")
        connection.executemany("insert into things values (?, ?)", things)
        kinds = sorted({kind for kind, _ in things})
        connection.executemany("insert into linking values (?, ?)", [(k, k) for k in kinds])
        ((found,),) = connection.execute(PAIRS_BY_CHANCE).fetchall()
    return float(found)


def test_with_one_family_no_pair_shares_two() -> None:
    """The difference of two numbers near one must not become less than none."""
    assert {pairs([("address", many)]) for many in range(20, 400, 13)} == {0.0}


def test_with_two_families_the_probabilities_multiply() -> None:
    q = 200 * 199 / (20_000 * 19_999)
    found = pairs([("address", 200), ("device", 200)])
    assert found == pytest.approx(190 * q * q, rel=1e-3, abs=190e-12)
