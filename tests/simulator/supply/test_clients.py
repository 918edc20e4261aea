"""Clients: they run on the device where they can, and their versions move on."""

import numpy as np
import pytest

from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.simulator.core.streams import Streams
from shamcrowd.simulator.supply.clients import MIXES
from shamcrowd.simulator.supply.devices import SYSTEMS
from shamcrowd.simulator.supply.store import Supply
from shamcrowd.simulator.supply.versions import PROGRAMS, SDKS, VERSIONS, ClientVersions

MANY = 4000


@pytest.fixture
def supply():
    return Supply(Streams(1))


def picked(supply, mix, device, **options):
    rng = np.random.default_rng(2)
    handles = supply.clients.pick(rng, mix, len(device), device=device, **options)
    rows = supply.clients.register.rows(handles)
    return np.array(SDKS)[rows["sdk"]], rows["os"], rows["telemetry"]


@pytest.mark.parametrize("system", range(len(SYSTEMS)))
def test_a_browser_runs_on_the_device(supply, system):
    sdk, os, _ = picked(supply, "people", np.full(MANY, system, np.int8))
    assert (os[sdk == "web-console"] == system).all()


@pytest.mark.parametrize("system", range(3))
def test_an_agent_runs_on_the_computer_and_never_on_a_phone(supply, system):
    sdk, os, _ = picked(supply, "developers", np.full(MANY, system, np.int8))
    # Some work in a hosted workspace.
    own = (os[sdk == "coding-agent"] == system).mean()
    assert 0.66 < own < (1.0 if system == SYSTEMS.index("linux") else 0.8)
    phone = np.full(MANY, SYSTEMS.index("ios"), np.int8)
    sdk, os, _ = picked(supply, "developers", phone)
    assert os[sdk == "coding-agent"].max() < SYSTEMS.index("android")


def test_services_run_on_servers(supply):
    sdk, os, _ = picked(supply, "services", np.full(MANY, SYSTEMS.index("macos"), np.int8))
    named = os[sdk != "http-library"]
    assert (named == SYSTEMS.index("linux")).mean() > 0.75
    assert (os[sdk == "http-library"] == -1).all()


def test_shares_are_those_of_the_mix(supply):
    for mix, weights in MIXES.items():
        sdk, _, _ = picked(supply, mix, np.zeros(MANY, np.int8))
        for name, weight in weights.items():
            expected = weight / sum(weights.values())
            assert (sdk == name).mean() == pytest.approx(expected, abs=0.03), (mix, name)


def test_silent_clients_report_nothing(supply):
    assert not picked(supply, "people", np.zeros(MANY, np.int8), silent=True)[2].any()
    sdk, _, reports = picked(supply, "people", np.zeros(MANY, np.int8))
    assert 0.8 < reports[sdk == "web-console"].mean() < 0.95
    assert not reports[sdk == "python-sdk"].any()


def test_most_private_people_use_the_app_and_the_browser(supply):
    rng = np.random.default_rng(6)
    device = np.zeros(MANY, np.int8)
    first, second = supply.clients.pick_all(rng, "people", device).T
    sdk, other = (
        np.array(SDKS)[supply.clients.register.rows(handles)["sdk"]] for handles in (first, second)
    )
    assert set(other[sdk == "web-console"]) == {"web-console", "chat-app"}
    assert 0.5 < (other[sdk == "web-console"] == "chat-app").mean() < 0.7
    assert (second[sdk == "python-sdk"] == first[sdk == "python-sdk"]).all()
    assert supply.clients.pick_all(rng, "services", device).shape == (MANY, 1)


def versions(client):
    return client % len(VERSIONS)


def test_versions_only_move_forward_and_at_their_users_pace(supply):
    start = 1_772_323_200_000
    releases = ClientVersions(Streams(3)("client versions"), start)
    rng = np.random.default_rng(4)
    base = supply.clients.pick(rng, "people", MANY).astype(np.int32)[:, None]
    user = rng.integers(2**31, size=MANY).astype(np.int32)
    begun = np.full(MANY, start - 200 * MS_PER_DAY)
    last = np.zeros(MANY, np.int64)
    moved = np.zeros(MANY, np.int64)
    for day in range(29):
        client = releases.clients_at(base, user, begun, start + day * MS_PER_DAY)
        assert (client // len(VERSIONS) == base // len(VERSIONS)).all()
        now = versions(client)[:, 0]
        if day:
            assert (now >= last).all()
            moved += now > last
            assert (now > last).mean() < 0.5, "nobody's users update all at once"
        last = now
    rows = supply.clients.register.rows(client[:, 0])
    app = rows["sdk"] == SDKS.index("chat-app")
    pinned = rows["sdk"] == SDKS.index("python-sdk")
    assert (moved[app] > 0).mean() > 0.7
    assert 0.2 < (moved[pinned] > 0).mean() < 0.9
    assert len(set(last[pinned])) > 5


def test_a_newcomer_installs_the_newest():
    start = 1_772_323_200_000
    releases = ClientVersions(Streams(3)("client versions"), start)
    client = np.zeros((500, 2), np.int32) + SDKS.index("python-sdk") * 10 * len(VERSIONS)
    user = np.arange(500, dtype=np.int32)
    new = releases.clients_at(client, user, np.full(500, start), start)
    old = releases.clients_at(client, user, np.full(500, start - 300 * MS_PER_DAY), start)
    assert len(np.unique(new)) == 1
    assert new.max() == old.max()
    assert old.min() < new.min()


def test_every_program_has_releases_left_for_a_month():
    start = 1_772_323_200_000
    releases = ClientVersions(Streams(3)("client versions"), start)
    for number, program in enumerate(PROGRAMS):
        client = np.full((200, 1), number * 10 * len(VERSIONS), np.int32)
        late = releases.clients_at(
            client, np.arange(200, dtype=np.int32), np.full(200, start), start + 60 * MS_PER_DAY
        )
        assert versions(late).max() < len(VERSIONS) - 1, program.name
