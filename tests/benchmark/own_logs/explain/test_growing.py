"""When an account joins a group, at the bounds of the rule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shamcrowd.benchmark.own_logs.explain.growing import Grown, GrowthRule, grow
from shamcrowd.benchmark.own_logs.explain.queries import Questions

ACCOUNTS = 1000
Uses = list[tuple[str, str, range | list[int]]]


@pytest.fixture
def questions(tmp_path: Path) -> Iterator[Questions]:
    with Questions(tmp_path) as opened:
        yield opened


def grown(questions: Questions, uses: Uses, rule: GrowthRule, start: int = 1) -> Grown:
    """Grow a group from an account; ``uses`` are kind, thing and the accounts that use it."""
    rows = ", ".join(
        f"({account}, '{kind}', '{kind}', '{thing}')"
        for kind, thing, accounts in uses
        for account in accounts
    )
    questions.prepare([
        f"create table accounts as select unnest(range({ACCOUNTS}))::integer as account",
        f"create table uses as select * from (values {rows}) as u(account, family, kind, thing)",
        "create table linking as select * from (values ('device', true), ('address', true), "
        "('domain', false)) as l(kind, personal)",
    ])  # fmt: skip
    return grow(questions, [start], rule)


def joined(found: Grown) -> dict[int, int]:
    return {account: number for account, number in found.members if number}


@pytest.mark.parametrize(("others", "joins"), [(4, True), (5, False)])
def test_one_personal_thing_links_if_few_others_use_one(
    questions: Questions, others: int, joins: bool
) -> None:
    uses: Uses = [("device", "d", [1, *range(10, 10 + others)])]
    found = grown(questions, uses, GrowthRule(most_users=4))
    assert joined(found) == (dict.fromkeys(range(10, 10 + others), 1) if joins else {})


def test_many_rare_things_of_a_group_count_together(questions: Questions) -> None:
    """Three devices with two others each are as telling as one with six."""
    uses: Uses = [("device", f"d{i}", [1, 10 * i, 10 * i + 1]) for i in (1, 2, 3)]
    assert not joined(grown(questions, uses, GrowthRule(most_users=5)))


def test_a_thing_that_is_not_personal_does_not_link_alone(questions: Questions) -> None:
    assert not joined(grown(questions, [("domain", "d", [1, 2])], GrowthRule()))


@pytest.mark.parametrize(("limit", "joins"), [(0.41, True), (0.39, False)])
def test_two_families_link_if_so_much_is_rare(
    questions: Questions, limit: float, joins: bool
) -> None:
    # Of 999 others 20 use each: 999 * (20 / 999) ** 2 = 0.4004.
    uses: Uses = [("address", "a", [1, *range(10, 30)]), ("domain", "b", [1, *range(29, 49)])]
    found = grown(questions, uses, GrowthRule(most_users=5, most_expected=limit))
    assert joined(found) == ({29: 1} if joins else {})
    if joins:
        assert found.rounds[0].rows[0][3] == pytest.approx(999 * (20 / 999) ** 2)


def test_what_does_not_link_is_left_out(questions: Questions) -> None:
    assert not joined(grown(questions, [("organisation", "o", [1, 2])], GrowthRule()))


def test_accounts_join_through_accounts_that_joined(questions: Questions) -> None:
    uses: Uses = [("device", f"d{i}", [i, i + 1]) for i in range(1, 9)]
    found = grown(questions, uses, GrowthRule(most_rounds=2))
    assert joined(found) == {2: 1, 3: 2}
    assert found.stopped == "after 2 rounds, the most that were allowed"


def test_it_stops_where_no_other_shares_enough(questions: Questions) -> None:
    found = grown(questions, [("device", "d", [1, 2])], GrowthRule())
    assert joined(found) == {2: 1}
    assert found.stopped == "after 1 round, no other account shares enough"


@pytest.mark.parametrize(("most", "joins"), [(4, True), (3, False)])
def test_it_stops_before_the_group_is_too_large(
    questions: Questions, most: int, joins: bool
) -> None:
    found = grown(questions, [("device", "d", [1, 2, 3, 4])], GrowthRule(most_accounts=most))
    assert bool(joined(found)) == joins
    assert ("have more than 3" in found.stopped) is not joins
