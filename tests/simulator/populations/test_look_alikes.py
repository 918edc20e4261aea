"""What each population shares with the tactic that resembles it."""

import numpy as np
import pytest

from shamcrowd.recording.units import EARLIEST, MS_PER_DAY, MS_PER_MINUTE, NEVER
from shamcrowd.recording.view import open_log
from shamcrowd.simulator.populations.small_teams import LARGEST_AT_HOME
from shamcrowd.simulator.registry import populations
from shamcrowd.simulator.scenario.load import load_scenario
from tests.recordings import recorded

MANY = {
    name: 2 * populations()[name].example["accounts"]
    for name in load_scenario("confounders-v2").populations
}
SETTINGS = [
    "prior=null",
    *(f"populations.{name}.accounts={many}" for name, many in MANY.items()),
]


@pytest.fixture(scope="module")
def world(read_recording):
    return read_recording(recorded("confounders-v2", 7, settings=SETTINGS))


@pytest.fixture(scope="module")
def people(world):
    segment = world.truth.set_index("account")["segment"].astype(str)

    def of(name):
        accounts = world.accounts[segment.loc[world.accounts["account"]].to_numpy() == name]
        requests = world.requests[segment.loc[world.requests["account"]].to_numpy() == name]
        return accounts, requests

    return of


def test_every_population_is_there(people):
    for name, many in MANY.items():
        accounts, requests = people(name)
        assert len(accounts) == many
        assert len(requests) > 0


def test_gateways_carry_many(world, people):
    _, requests = people("mobile")
    kinds = world.entity("addresses").set_index("address")["kind"].astype(str)
    assert (kinds.loc[requests["address"].unique()] == "mobile").all()
    users = requests.groupby("address")["account"].nunique()
    # Of 320 in many countries, of whom a quarter is still there, and half by IPv6 with a prefix of
    # their own.
    assert users.max() >= 4


def test_phones_look_alike(people):
    shared = {
        name: people(name)[0]["device"].duplicated(keep=False).mean()
        for name in ("mobile", "casual")
    }
    assert shared["mobile"] > 1.3 * shared["casual"]


def test_builds_keep_the_quarter_hour(people):
    _, requests = people("ci-bots")
    first = requests.groupby("session")["time"].min().astype("int64")
    assert ((first % 900_000) < MS_PER_MINUTE).mean() > 0.25


def test_an_aggregator_serves_all_topics_at_all_hours(people):
    _, requests = people("aggregator")
    by_account = requests.groupby("account")
    assert by_account["topic"].nunique().median() > 15
    assert (requests["time"].dt.hour.nunique()) == 24


def test_travellers_leave_by_exits_of_other_countries(world, people):
    accounts, requests = people("travellers")
    addresses = world.entity("addresses").set_index("address")
    used = requests["address"].drop_duplicates()
    assert (addresses.loc[used, "kind"].astype(str) == "vpn").any()
    home = accounts.set_index("account")["country"].astype(str)
    place = addresses["country"].astype(str).loc[requests["address"]].to_numpy()
    assert (place != home.loc[requests["account"]].to_numpy()).mean() > 0.3


def test_teams_number_their_mailboxes(world, people):
    accounts, _ = people("small-teams")
    boxes = world.entity("mailboxes").set_index("mailbox").loc[accounts["mailbox"]]
    sizes = boxes.groupby("domain").size()
    rows = boxes[boxes["domain"].map(sizes) >= 3]
    assert rows["local"].str.fullmatch(r"[a-z]+\d+").mean() > 0.4


def test_a_wave_comes_with_the_release(world, people):
    accounts, _ = people("launch-wave")
    release = world.manifest.start + 4 * MS_PER_DAY
    created = accounts["created"].astype("int64")
    inside = ((created >= release) & (created < release + 2 * MS_PER_DAY)).mean()
    assert inside > 0.6


def test_evaluators_ask_for_reasoning_and_are_flagged(world, people):
    accounts, requests = people("evaluators")
    assert requests["topic"].isin(["reasoning", "evaluation", "safety"]).mean() > 0.35
    flags = world.activity[world.activity["kind"] == "policy_flag"]
    rate = flags["account"].isin(accounts["account"]).sum() / len(requests)
    others = (~flags["account"].isin(accounts["account"])).sum() / len(world.requests)
    # The filter flags ordinary prompts too (0.4 %, ToxicChat), and everybody asks about anything at
    # times: measured 1.4 to 1.6 times as often.
    assert rate > 1.3 * others


def test_dormant_people_come_back(world, people):
    accounts, requests = people("casual")
    first = requests.groupby("account")["time"].min()
    old = accounts[accounts["created"].astype("int64") < world.manifest.start - 20 * MS_PER_DAY]
    day = (first.reindex(old["account"]).astype("int64") - world.manifest.start) // MS_PER_DAY
    waking = [*SETTINGS, "populations.casual.dormant=0"]
    log = open_log(recorded("confounders-v2", 7, settings=waking))
    awake = log.rows("requests", EARLIEST, NEVER, ["account"])["account"].to_pandas().nunique()
    asleep = len(world.requests["account"].unique())
    assert asleep < awake
    assert np.isfinite(day.dropna()).all()
    assert (day >= 7).sum() > 5, "some old accounts stir late for the first time"


def test_large_teams_work_in_an_office(world, people):
    accounts, _ = people("small-teams")
    kinds = world.entity("addresses").set_index("address")["kind"].astype(str)
    sizes = accounts.groupby("address", observed=True).size()
    home = kinds.loc[sizes.index] == "residential"
    assert sizes[home.to_numpy()].max() <= LARGEST_AT_HOME < sizes[~home.to_numpy()].max()


def test_software_of_firms_calls_several_times_at_once(people):
    _, requests = people("corporate")
    requests = requests.sort_values(["account", "time"], kind="stable")
    gap = requests.groupby("account")["time"].diff().dt.total_seconds()
    other = requests["conversation"] != requests.groupby("account")["conversation"].shift()
    at_once = (gap < 2)[other & gap.notna()].mean()
    assert 0.1 < at_once < 0.5
    found = requests[requests["endpoint"].astype(str) == "embeddings"]
    assert 0.03 < len(found) / len(requests) < 0.2


def test_impostors_form_classes_that_sign_up_within_hours():
    kind = populations()["classroom"]
    classes = kind(**kind.example, hours=1.5)
    minutes = np.array([0, 30, 90, 91, 120, 600])
    groups = classes.sign_up_groups(minutes * MS_PER_MINUTE)
    assert [len(group) for group in groups] == [3, 2, 1]
    assert np.concatenate(groups).tolist() == (minutes * MS_PER_MINUTE).tolist()
    assert classes.sign_up_groups(np.empty(0, np.int64)) == []
