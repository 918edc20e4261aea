"""Careful campaigns take prompts from where legitimate users do."""

import numpy as np
import pytest

from shamcrowd.simulator.campaigns.prompt_source import PromptSource
from shamcrowd.simulator.campaigns.tactics.elicitation import Elicitation
from shamcrowd.simulator.campaigns.tactics.hijacked_keys import HijackedKeys
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.populations.evaluators import Evaluators
from shamcrowd.simulator.supply.store import Supply

OWN = 7


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_so_many_accounts_work_on_what_circulates(share):
    supply = Supply(Streams(1), 1000)
    source = PromptSource(share, Evaluators.circle)
    found = source.families(supply, Streams(2)("test"), OWN, 4000)
    theirs = supply.prompt_family(Evaluators.circle)
    assert set(np.unique(found)) <= {OWN, theirs}
    assert (found == theirs).mean() == pytest.approx(share, abs=0.03)


def test_the_circle_is_that_of_the_users_it_is_mistaken_for():
    plain = {"accounts": 10, "exchanges": 10, "start": "0d", "duration": "9d"}
    source = Elicitation(**plain, evasion={"paraphrase": 0.5}).prompt_source()
    assert (source.circle, source.common) == (Evaluators.circle, pytest.approx(0.4))
    assert Elicitation(**plain, common_prompts=0.1).prompt_source().common == 0.1
    assert HijackedKeys(**plain).prompt_source().circle == PromptSource().circle
