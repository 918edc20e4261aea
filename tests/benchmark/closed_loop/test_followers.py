"""What an operator takes by the campaign to which he turns counts, and counts as that campaign's;
of one that never began nothing is measured.
"""

import pytest

from shamcrowd.benchmark.closed_loop.attack_and_defence import together
from shamcrowd.benchmark.closed_loop.open_against_closed import looped
from shamcrowd.benchmark.closed_loop.play import campaign_figures, total_figures
from shamcrowd.benchmark.closed_loop.reading import LoopRecording, attack_and_defence, undefended
from shamcrowd.benchmark.closed_loop.results import RunResult
from shamcrowd.benchmark.scoring.scores import DetectorScores
from shamcrowd.simulator import simulate
from shamcrowd.simulator.campaigns import succession
from tests.simulator.campaigns.strategies.reviewers import Culling

SETTINGS = [
    "response=instant", "campaigns.credit-farm=null", "campaigns.hydra.strategy=budgeted",
    "campaigns.keys={tactic: hijacked-keys, follows: hydra, accounts: 30, exchanges: 9000, "
    "duration: 5d}",
]  # fmt: skip


@pytest.fixture(scope="module")
def totals(tmp_path_factory):
    """Totals of the open loop, and of a closed one in which the hydra gives up."""
    folder = tmp_path_factory.mktemp("followers")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(succession, "LAG", (6, 12))
        for name, reviewer in (("open", None), ("closed", Culling(1.0))):
            simulate(
                "quickstart-v2", 1, folder / name, scale=0.2, settings=SETTINGS, reviewer=reviewer
            )
    before = LoopRecording(folder / "open")
    return [
        attack_and_defence(recorded, undefended(before))
        for recorded in (before, LoopRecording(folder / "closed"))
    ]


def test_figures_of_each_and_of_all(totals):
    before, after = totals
    assert [attack.name for attack in before.attacks] == ["hydra"]
    hydra, keys = after.attacks
    assert (hydra.name, keys.name) == ("hydra", "keys")
    assert (hydra.tactic, keys.tactic) == ("hydra", "hijacked-keys")
    assert keys.tokens > 0
    assert keys.spent > 0
    everyone = together(after.attacks)
    assert everyone.tokens == hydra.tokens + keys.tokens
    assert everyone.spent == pytest.approx(hydra.spent + keys.spent)
    # All that the operator takes is set against what the hydra alone would have taken.
    assert everyone.tokens_undefended == before.attacks[0].tokens
    held = total_figures(after)["damage-held"].values[0]
    assert held == pytest.approx(1 - everyone.tokens / everyone.tokens_undefended)
    assert campaign_figures(after)["keys"]["damage-held"].note == "nothing would have been taken"


def test_a_campaign_that_never_began_is_not_measured(totals):
    results = [
        RunResult("some", seed, {}, figures=total_figures(one), campaigns=campaign_figures(one))
        for seed, one in enumerate(totals, 1)
    ]
    board = looped(DetectorScores("some", "", "detector", "ok"), results).campaigns
    taken = board["keys"]["tokens-taken"]
    assert taken.by_seed == (None, float(totals[1].attacks[1].tokens))
    # A mean over seeds is no mean if one of them is missing.
    assert taken.value is None
    assert taken.note == "no such campaign on 1 of 2 seeds"
    assert None not in board["hydra"]["tokens-taken"].by_seed
