"""Same scenario, seed and version: same content, however it is computed."""

import os
import subprocess
import sys

import pytest

from shamcrowd.recording.manifest import Manifest
from shamcrowd.simulator import simulate
from tests.recordings import recorded

SETTINGS = ["shards=4"]
SCRIPT = """
import sys
from shamcrowd.simulator import simulate
print(simulate("quickstart-v2", 3, sys.argv[1], scale=0.2, settings=["shards=4"]).fingerprint)
"""


@pytest.mark.parametrize("workers", [2, 4])
def test_any_number_of_workers(small, tmp_path, workers):
    other = simulate("quickstart-v2", 3, tmp_path / "r", scale=0.2, settings=SETTINGS,
                     workers=workers)  # fmt: skip
    assert other.fingerprints == Manifest.read(small).fingerprints


@pytest.mark.parametrize("hashing", ["0", "12345"])
def test_any_hash_seed(small, tmp_path, hashing):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "r")],
        env={**os.environ, "PYTHONHASHSEED": hashing},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == Manifest.read(small).fingerprint


def test_another_seed_is_another_world(small):
    other = Manifest.read(recorded("quickstart-v2", 4, scale=0.2, settings=SETTINGS))
    prints = Manifest.read(small).fingerprints
    assert all(other.fingerprints[name] != prints[name] for name in ("accounts", "requests"))


def test_a_campaign_changes_no_innocent_row(played, read_recording):
    """Common random numbers: with and without abuse, honest people do the same."""
    calm = read_recording(recorded("calm-v2", 1))
    honest = played.truth.loc[played.truth["campaign"].isna(), "account"]
    for name, key in (
        ("accounts", ["account"]),
        ("requests", ["account", "time", "conversation", "sketch"]),
        ("activity", ["account", "time", "kind", "amount"]),
    ):
        with_abuse = getattr(played, name)
        with_abuse = with_abuse[with_abuse["account"].isin(honest)]
        without = getattr(calm, name)
        assert len(with_abuse) == len(without) > 0
        ordered = [
            frame.sort_values(key, kind="stable").reset_index(drop=True).astype(str)
            for frame in (with_abuse, without)
        ]
        assert ordered[0].equals(ordered[1]), name


def test_more_campaigns_leave_the_others_accounts_alone(played, read_recording):
    """Taking one of two campaigns away moves ids of campaigns only."""
    settings = ["campaigns.credit-farm=null"]
    fewer = read_recording(recorded("quickstart-v2", 1, settings=settings))
    honest = fewer.truth["campaign"].isna()
    assert set(fewer.truth.loc[honest, "account"]) == set(
        played.truth.loc[played.truth["campaign"].isna(), "account"]
    )
    assert set(fewer.truth.loc[~honest, "campaign"]) == {"hydra"}


def test_a_smaller_slice_leaves_the_statistics_alike(played, read_recording):
    fine = read_recording(recorded("quickstart-v2", 1, settings=["slice=2h"]))
    # Batch jobs are few and huge, so that one more moves every figure: people are many.
    people = played.truth.loc[played.truth["segment"].isin(["casual", "corporate"]), "account"]
    theirs = [p.requests[p.requests["account"].isin(people)] for p in (fine, played)]
    assert len(theirs[0]) == pytest.approx(len(theirs[1]), rel=0.1)
    for quantile in (0.1, 0.5, 0.9):
        for column in ("input_tokens", "output_tokens"):
            a, b = (rows[column].quantile(quantile) for rows in theirs)
            assert a == pytest.approx(b, rel=0.12, abs=2)
    hours = [rows["time"].dt.hour.value_counts(normalize=True).sort_index() for rows in theirs]
    assert (hours[0] - hours[1]).abs().sum() < 0.12
    shares = [rows["model"].value_counts(normalize=True) for rows in theirs]
    assert (shares[0] - shares[1]).abs().max() < 0.04
