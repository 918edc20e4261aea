"""Every figure on totals written by hand; the comments give the calculation."""

from dataclasses import replace

import pytest

from shamcrowd.benchmark.closed_loop.attack_and_defence import Attack, Defence, Restored, together
from shamcrowd.benchmark.closed_loop.figures.registry import figures
from shamcrowd.benchmark.scoring.not_measurable import NotMeasurableError

ATTACK = Attack(
    name="a", tactic="hydra", accounts=10, burned=4, tokens=2_000_000, list_dollars=20.0,
    spent=50.0, earned=2.0, tokens_before=500_000, tokens_after=200_000, lags=(1.0, 5.0, 30.0),
    tokens_undefended=8_000_000, lives=(3.0, 48.0, 48.1, 167.9, 168.0),
)  # fmt: skip
DEFENCE = Defence(
    days=2.0, minutes=240.0, legitimate={"casual": 80, "classroom": 20, "tiny": 2},
    banned={"casual": 4, "classroom": 3, "tiny": 2},
    restored=(Restored(10.0, False), Restored(20.0, False), Restored(48.0, True)),
    revenue=900.0, revenue_undefended=1000.0,
    hurt={"casual": 8, "classroom": 5, "tiny": 2}, refused=12, stopped=4,
    moved_away=(2.0, 9.0, 40.0),
)  # fmt: skip
EXPECTED = {
    "deterrence-ratio": 2.5,  # 50 / 20
    "damage-held": 0.75,  # 1 - 2/8
    "tokens-taken": 2e6,
    "cost-per-million-tokens": 25.0,  # 50 for two million
    "dollars-spent": 50.0,
    "dollars-earned": 2.0,
    "accounts-burned": 0.4,
    "tokens-before-contact": 0.25,
    "tokens-after-contact": 0.1,
    "replacement-hours": 5.0,
    "short-lives": 0.4,  # two of five, the second at the limit
    "long-lives": 0.2,  # the last, at the limit
}
PLATFORM = {
    "wrong-bans": 9 / 102,
    "worst-segment-bans": 0.15,  # 3 of 20; the segment of 2 says nothing
    "people-hurt": 15 / 102,
    "worst-segment-hurt": 0.25,  # 5 of 20
    "people-per-sham": 3.0,  # 12 / 4
    "moved-away-hours": 9.0,
    "restore-hours": 20.0,  # two of three by then
    "review-hours": 2.0,  # 4 h in two days
    "revenue-lost": 100.0,
}


def test_every_figure_has_a_vector():
    assert set(figures()) == {*EXPECTED, *PLATFORM}


@pytest.mark.parametrize("name", EXPECTED)
def test_attack(name):
    assert figures()[name].measure(ATTACK) == pytest.approx(EXPECTED[name])


@pytest.mark.parametrize("name", PLATFORM)
def test_defence(name):
    assert figures()[name].measure(DEFENCE) == pytest.approx(PLATFORM[name])


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("deterrence-ratio", {"tokens": 0, "list_dollars": 0.0}, "nothing was taken"),
        ("cost-per-million-tokens", {"tokens": 0}, "nothing was taken"),
        ("tokens-before-contact", {"tokens": 0}, "nothing was taken"),
        ("tokens-after-contact", {"tokens": 0}, "nothing was taken"),
        ("replacement-hours", {"lags": ()}, "no account was replaced"),
        ("accounts-burned", {"accounts": 0}, "no account"),
        ("damage-held", {"tokens_undefended": 0}, "nothing would have been taken"),
        ("short-lives", {"lives": ()}, "no account was suspended"),
        ("long-lives", {"lives": ()}, "no account was suspended"),
    ],
)
def test_what_is_not_there_is_never_zero(name, change, why):
    with pytest.raises(NotMeasurableError, match=why):
        figures()[name].measure(replace(ATTACK, **change))


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("restore-hours", {"restored": ()}, "no legitimate account was suspended"),
        ("restore-hours", {"restored": (Restored(9.0, True),)}, "over half"),
        ("wrong-bans", {"legitimate": {}}, "no honest account"),
        ("worst-segment-bans", {"legitimate": {"tiny": 9}}, "no segment"),
        ("people-hurt", {"legitimate": {}}, "no honest account"),
        ("worst-segment-hurt", {"legitimate": {"tiny": 9}}, "no segment"),
        ("people-per-sham", {"stopped": 0}, "no account of a campaign"),
        ("moved-away-hours", {"moved_away": ()}, "no lever"),
    ],
)
def test_what_is_not_there_in_the_defence(name, change, why):
    with pytest.raises(NotMeasurableError, match=why):
        figures()[name].measure(replace(DEFENCE, **change))


def test_more_than_undefended_is_told_below_zero():
    assert figures()["damage-held"].measure(replace(ATTACK, tokens=16_000_000)) == -1.0


def test_all_together_is_measured_on_sums_and_not_on_means():
    cheap = replace(ATTACK, name="b", spent=0.0, list_dollars=80.0)
    both = together([ATTACK, cheap])
    assert figures()["deterrence-ratio"].measure(both) == 0.5  # 50 / 100, not (2.5 + 0) / 2


@pytest.mark.parametrize("figure", figures().values(), ids=figures())
def test_says_what_it_is(figure):
    assert "Source: " in type(figure).__doc__ or "https://" in type(figure).__doc__
    assert figure.title
    assert figure.unit in ("share", "hours", "dollars", "tokens", "ratio")
    assert figure.better in ("higher", "lower")
    assert max(map(len, figure.short.split("\n"))) <= 8
