"""The red team: at chance on nothing, and it finds what no rule of one thing shows."""

import numpy as np
import pytest

from shamcrowd.benchmark.world_checks.audit import audit
from shamcrowd.benchmark.world_checks.red_team import attack
from shamcrowd.benchmark.world_checks.red_team.attack import BOUND
from shamcrowd.recording.errors import NothingToJudgeError, UsageError
from tests.benchmark.world_checks.small_recording import ACCOUNTS, SHAMS, small_recording

SEEDS, MINUTE = (0, 1), 60_000


KINDS = ("key_created", "card_added", "trial_grant", "login", "charge", "plan_change")


def _somewhat_late(made):
    """Sham accounts are somewhat later than others in six things, independently."""
    rows = made.tables["activity"]
    made.tables["activity"] = rows[~rows["kind"].isin(KINDS)]
    for kind in KINDS:
        late = made.rng.normal(size=ACCOUNTS) + 1.2 * made.sham
        made.add(kind, np.ones(ACCOUNTS, bool), MINUTE * np.exp(4 + 0.5 * late))


def _written(write_small, plant=lambda made: None):
    folders = []
    for seed in SEEDS:
        made = small_recording(seed)
        plant(made)
        folders.append(write_small(made))
    return folders


@pytest.fixture(scope="module")
def at_chance(write_small):
    return attack(_written(write_small))


@pytest.fixture(scope="module")
def folders(write_small):
    return _written(write_small, _somewhat_late)


def test_without_a_leak_it_is_at_chance(at_chance):
    assert at_chance.passed
    everyone, steady = at_chance.results
    assert (everyone.against, steady.against) == ("everyone", "steady")
    assert (everyone.n_sham, everyone.n_honest) == (2 * SHAMS, 2 * (ACCOUNTS - SHAMS))
    for result in at_chance.results:
        assert result.auc[1] < 0.55
        assert result.auc[2] > 0.45
        assert result.recall_low[1] <= result.recall_low[0] <= result.recall_low[2]
        assert result.recall_low[0] < 0.03
    assert at_chance.features > 1000


def test_it_finds_what_no_rule_of_one_thing_shows(folders):
    rows = audit(folders, families=["delays"]).rows
    assert rows["recall_0.1"].max() < 0.25
    found = attack(folders)
    assert not found.passed
    assert [b.bound for b in found.broken] == [BOUND]
    everyone, steady = found.results
    assert everyone.auc[0] > 0.9
    assert everyone.auc[0] > rows["auc"].max() + 0.05
    assert found.broken[0].value == steady.auc[0] > 0.85
    assert everyone.families["delays"] > 0.1
    assert sum(everyone.families.values()) == pytest.approx(1)
    assert found.to_dict()["results"][0]["auc"][0] == everyone.auc[0]


def test_it_needs_another_seed(folders):
    with pytest.raises(UsageError, match="two seeds or more"):
        attack(folders[:1])


def test_nothing_to_judge(write_small):
    made = [small_recording(seed) for seed in SEEDS]
    for one in made:
        one.sham[np.flatnonzero(one.sham)[9:]] = False
    with pytest.raises(NothingToJudgeError):
        attack([write_small(one) for one in made])
