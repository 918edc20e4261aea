"""The files that take longest are there, and come first."""

from pathlib import Path

from tests.longest import LONGEST, by_cost

ROOT = Path(__file__).parents[1]


def test_each_is_there_and_named_once():
    assert [path for path in LONGEST if not (ROOT / path).is_file()] == []
    assert len(set(LONGEST)) == len(LONGEST)


def test_they_come_first_and_the_others_stay_in_order():
    others = ["docs/a.md", "tests/a.py"]
    assert sorted([*others, *reversed(LONGEST)], key=by_cost) == [*LONGEST, *others]
