"""`like`: an entry takes the values of another one where it has none of its own."""

import pytest

from shamcrowd.recording.errors import ScenarioError
from shamcrowd.simulator.scenario.load import explain, load_scenario

HYDRAS = "campaigns.other={like: hydra, accounts: 20, evasion: {rotation: 0.9}}"


def load(*settings):
    return load_scenario("quickstart-v2", settings=["prior=null", *settings])


def test_takes_what_it_does_not_say():
    hydra, other = (load(HYDRAS).campaigns[name] for name in ("hydra", "other"))
    assert (other.accounts, other.evasion.rotation) == (20, 0.9)
    same = {"accounts": 110, "evasion": hydra.evasion}
    assert other.model_copy(update=same) == hydra


def test_a_chain_of_them():
    third = "campaigns.third={like: other, exchanges: 99}"
    found = load(HYDRAS, third).campaigns["third"]
    assert (found.accounts, found.exchanges, found.evasion.rotation) == (20, 99, 0.9)


def test_a_population_is_of_the_same_kind():
    found = load("populations.others={like: casual, accounts: 7}").populations["others"]
    assert type(found).__name__ == "Casual"
    assert found.accounts == 7


def test_every_value_still_has_an_origin():
    rows = {path: origin for path, _, origin in explain("quickstart-v2", settings=[HYDRAS])}
    assert "--set" in rows["campaigns.other.accounts"]
    same = rows["campaigns.hydra.exchanges"]
    assert rows["campaigns.other.exchanges"] == same
    assert "quickstart-v2.yaml:" in same


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("campaigns.other={like: hydr, accounts: 20}", 'did you mean "hydra"'),
        ("campaigns.other={like: other, accounts: 20}", "like itself"),
        ("campaigns.hydra.like=credit-farm", None),
        ("populations.others={like: hydra, accounts: 7}", "no other entry"),
    ],
)
def test_faults_are_said(setting, said):
    if said is None:
        setting, said = "campaigns={a: {like: b}, b: {like: a}}", "like itself"
    with pytest.raises(ScenarioError) as caught:
        load(setting)
    assert said in str(caught.value)
