"""Every scenario that is shipped can be played, and holds what it promises."""

import pytest

from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import EARLIEST, NEVER
from shamcrowd.recording.view import open_log
from shamcrowd.simulator.scenario.load import drawn, load_scenario, scenario_ids
from tests.recordings import recorded

SCALES = {"incident-2026-v2": 0.0008, "launch-day-v2": 0.15}
SETTINGS = {"incident-2026-v2": ["slice=24h"]}


AMONG = 0.3
"""Share of the honest accounts that are played with; campaigns are as large as in the scenario."""


def fewer(name):
    """Settings for fewer honest accounts, unless a campaign takes over some of them."""
    scenario = load_scenario(name)
    hijacked = any(tactic.hijacks for tactic in scenario.campaigns.values())
    if hijacked or name in SCALES:
        return []
    return [
        f"populations.{population}.accounts={max(round(AMONG * people.accounts), 10)}"
        for population, people in scenario.populations.items()
    ]


@pytest.mark.parametrize("name", scenario_ids())
def test_plays_small(name):
    scale, settings = SCALES.get(name, 0.1), [*SETTINGS.get(name, []), *fewer(name)]
    scenario = load_scenario(name, scale=scale, settings=settings)
    folder = recorded(scenario, 2)
    scenario, _ = drawn(scenario, 2)
    manifest = Manifest.read(folder)
    truth = Truth(folder).accounts()
    requests = open_log(folder).rows("requests", EARLIEST, NEVER, ["account"])["account"]
    made = requests.to_pandas().map(truth.set_index("account")["campaign"].astype(str))

    wanted = sum(p.accounts for p in scenario.populations.values())
    assert truth["segment"].notna().sum() == wanted
    for segment, population in scenario.populations.items():
        assert (truth["segment"] == segment).sum() == population.accounts
    assert set(truth["campaign"].dropna()) == set(scenario.campaigns)
    for campaign, tactic in scenario.campaigns.items():
        own = truth["campaign"] == campaign
        assert own.sum() == tactic.accounts
        assert truth.loc[own, "segment"].notna().all() == tactic.hijacks
        exchanges = tactic.asked().get("exchanges")
        if exchanges and not tactic.hijacks and tactic.accounts >= 10:
            # Measured: 97 to 103 %, sleepers and stolen cards 87 to 90 %. The worlds that are cut
            # down furthest keep a few accounts: of ten, one or two make most of it.
            within = max((0.35 if name in SCALES else 0.15) * exchanges, 200)
            assert (made == campaign).sum() == pytest.approx(exchanges, abs=within)
    assert manifest.reviews[-1] <= manifest.end
    assert manifest.scenario == name
