import pytest

from shamcrowd.simulator.campaigns.decided_strategy import (
    MOST_ACCOUNTS,
    DecisionError,
    decided_actions,
)


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        (None, "give a list of at most 50 actions, not None"),
        ([{"do": "give up"}] * 51, "at most 50"),
        (["replace"], "no action: 'replace'; there are: 'replace', 'rotate'"),
        ([{"do": "vanish"}], "no action"),
        ([{"do": "replace", "accounts": MOST_ACCOUNTS + 1, "hours": [0, 1]}], "from 0 to 500"),
        ([{"do": "replace", "accounts": True, "hours": [0, 1]}], "not True"),
        ([{"do": "replace", "accounts": 1, "hours": 3}], "as \\[least, most\\]"),
        ([{"do": "replace", "accounts": 1, "hours": [0, float("nan")]}], "'hours' must be"),
        ([{"do": "rotate", "kind": "truth"}], "'kind' must be one of address, device"),
        ([{"do": "slow", "factor": 0}], "from 0.01 to 1"),
        ([{"do": "raise", "knob": "luck", "by": 1}], "'knob' must be one of rotation"),
        ([{"do": "wait", "hours": -1}], "from 0 to 2160"),
    ],
)
def test_what_is_no_list_of_actions_is_refused(decided, said):
    with pytest.raises(DecisionError, match=said):
        decided_actions(decided)


def test_what_may_be_done_at_most_is_accepted():
    accepted = [
        {"do": "replace", "accounts": MOST_ACCOUNTS, "hours": [24, 0]},
        {"do": "rotate", "kind": "prompt"}, {"do": "wait", "hours": 2160.0},
        {"do": "slow", "factor": 0.01}, {"do": "raise", "knob": "mimicry", "by": 1},
        {"do": "give up"},
    ]  # fmt: skip
    assert len(decided_actions(accepted)) == len(accepted)
