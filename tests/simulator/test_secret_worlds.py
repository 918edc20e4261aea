"""A world played with a secret: to the byte with it, another without it."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from shamcrowd.recording.manifest import Manifest
from shamcrowd.simulator import simulate
from shamcrowd.simulator.core.secret import Secret
from shamcrowd.simulator.scenario.load import drawn, load_scenario
from tests.recordings import recorded

SCALE, SETTINGS = (
    0.05,
    [
        "horizon=7d",
        "shards=2",
        "releases=[]",
        "campaigns.hydra.duration=4d",
        "campaigns.credit-farm.start=2d",
        "campaigns.credit-farm.duration=2d",
        "campaigns.credit-farm.burst=4h",
    ],
)


@pytest.fixture(scope="module")
def world():
    return load_scenario("quickstart-v2", scale=SCALE, settings=SETTINGS)


@pytest.fixture(scope="module")
def secrets(tmp_path_factory):
    place = tmp_path_factory.mktemp("judge")
    return [Secret.draw(place / name) for name in ("a.secret", "b.secret")]


@pytest.fixture(scope="module")
def secret_recording(world, secrets, tmp_path_factory):
    folder = tmp_path_factory.mktemp("secret") / "r"
    simulate(world, 3, folder, secret=secrets[0])
    return folder


def contents(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("workers", [1, 2])
def test_who_has_it_plays_the_same_to_the_byte(world, secrets, secret_recording, tmp_path, workers):
    again = Secret.read(secrets[0].path)
    simulate(world, 3, tmp_path / "again", secret=again, workers=workers)
    assert contents(tmp_path / "again") == contents(secret_recording)


def test_without_it_or_with_another_all_tables_are_others(
    world, secrets, secret_recording, tmp_path
):
    simulate(world, 3, tmp_path / "other", secret=secrets[1])
    open_one = recorded("quickstart-v2", 3, scale=SCALE, settings=SETTINGS)
    prints = [Manifest.read(f).fingerprints
              for f in (secret_recording, tmp_path / "other", open_one)]  # fmt: skip
    drawn = [name for name, rows in Manifest.read(secret_recording).rows.items()
             if rows and name != "truth/responses"]  # fmt: skip
    assert {"accounts", "requests", "activity", "truth/accounts", "devices"} <= set(drawn)
    for name in drawn:
        assert len({one[name] for one in prints}) == 3, name
    ids = [set(pq.read_table(f / "accounts.parquet")["account"].to_pylist())
           for f in (secret_recording, open_one)]  # fmt: skip
    assert not ids[0] & ids[1]


def test_the_manifest_names_it_by_its_hash_alone(secrets, secret_recording):
    text = (secret_recording / "manifest.json").read_text()
    assert json.loads(text)["secret"] == secrets[0].hash
    held = b"".join(contents(secret_recording).values())
    assert secrets[0].value not in held
    assert secrets[0].value.hex().encode() not in held
    assert secrets[0].path.name.encode() not in held


def test_without_one_the_manifest_is_as_it_was(tmp_path):
    about = json.loads((recorded("quickstart-v2", 3, scale=SCALE, settings=SETTINGS)
                        / "manifest.json").read_text())  # fmt: skip
    assert "secret" not in about


def test_priors_are_drawn_with_it(secrets):
    scenario = load_scenario("quickstart-v2", scale=SCALE)
    values = [drawn(scenario, 3, which)[1] for which in (None, *secrets)]
    assert values[0]
    assert len({json.dumps(v, sort_keys=True) for v in values}) == 3
