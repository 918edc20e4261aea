"""Runs with a judge's secret: named by its hash, kept from detectors, and kept results apart."""

from __future__ import annotations

import json

import pytest

from shamcrowd.benchmark.evaluation.evaluate import rescore
from shamcrowd.benchmark.evaluation.experiment import Experiment
from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.confinement import allowed, landlock
from shamcrowd.benchmark.execution.confinement.allowed import own_files
from shamcrowd.benchmark.gate.compare import same_terms
from shamcrowd.benchmark.reports.run.run_page import write_report
from shamcrowd.benchmark.scoring.findings_store import SavedFindings
from shamcrowd.benchmark.suites.bench import terms_of
from shamcrowd.benchmark.suites.suite import load_suite
from shamcrowd.recording.errors import ShamcrowdError, UsageError
from shamcrowd.recording.manifest import Manifest
from shamcrowd.simulator.core.secret import Secret
from tests.benchmark.evaluation.conftest import A_WEEK as SCENARIO

SMALL = {"scale": 0.05, "settings": ["horizon=7d", "releases=[]", "campaigns.hydra.duration=4d",
                                     "campaigns.credit-farm.start=2d",
    "campaigns.credit-farm.duration=2d", "campaigns.credit-farm.burst=4h"]}  # fmt: skip
SPY = """
import json, os, sys
from pathlib import Path
import numpy as np
from shamcrowd.detectors.base import Findings


class Spy:
    def review(self, log):
        told = {"read": [], "environment": dict(os.environ), "argv": sys.argv + sys.orig_argv}
        for path in [*PLACES, *Path(__file__).parent.glob("*")]:
            try:
                told["read"].append(Path(path).read_text())
            except OSError:
                pass
        ids = log.accounts(["account"])["account"].to_numpy()
        return Findings(ids, np.zeros(len(ids)), reason=[json.dumps(told)] * len(ids))
"""


@pytest.fixture(scope="module")
def secret(tmp_path_factory):
    """It lies beside the detector: as careless as can be."""
    return Secret.draw(tmp_path_factory.mktemp("judge") / "a-secret")


@pytest.fixture(scope="module")
def judged(secret, tmp_path_factory, again):
    folder = tmp_path_factory.mktemp("judged")
    spy = secret.path.parent / "spy.py"
    spy.write_text(f"PLACES = [{str(secret.path)!r}]\n{SPY}")
    cache = Cache(folder / "cache")
    scores = again(
        folder / "run", [f"{spy}:Spy"], secret=secret.path, cache=cache, **SMALL
    )  # fmt: skip
    return folder / "run", scores, cache


def test_results_name_it_by_its_hash_alone(judged, secret, tmp_path):
    folder, scores, _ = judged
    assert scores.versions["secret"] == secret.hash
    assert json.loads((folder / "run.json").read_text())["secret"] == secret.hash
    assert Manifest.read(folder / "recordings/seed-1").secret == secret.hash
    assert Manifest.read(folder / "recordings/seed-901").secret == secret.hash
    write_report(scores, tmp_path / "report.html")
    assert secret.hash in (tmp_path / "report.html").read_text()
    written = [*folder.rglob("*.json"), *folder.rglob("*.parquet"), tmp_path / "report.html"]
    held = b"".join(path.read_bytes() for path in written)
    assert secret.value not in held
    assert secret.value.hex().encode() not in held
    assert rescore(folder).versions["secret"] == secret.hash


@pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
def test_a_detector_does_not_get_at_it(judged, secret):
    folder, scores, _ = judged
    assert {d.name: d.error for d in scores.detectors}["spy"] == ""
    found = SavedFindings.read(Plan.read(folder).findings(folder, 1, "spy")).reason[0]
    assert "class Spy" in found
    assert secret.value.hex() not in found
    assert secret.hash not in found
    assert secret.path.name not in json.dumps(json.loads(found)["argv"])


def test_what_is_kept_is_kept_apart(judged, secret, heard, tmp_path, again):
    _, scores, cache = judged
    options = {"cache": cache, "listener": heard, **SMALL}
    same = again(tmp_path / "same", ["velocity"], secret=secret.path, **options)
    assert heard.stages["simulating"] == 0
    other = Secret.draw(tmp_path / "other")
    third = again(tmp_path / "other-run", ["velocity"], secret=other.path, **options)
    assert heard.stages["simulating"] == 2
    openly = again(tmp_path / "open", ["velocity"], **options)
    assert heard.stages["simulating"] == 2
    prints = [one.recordings[0].fingerprint for one in (scores, same, third, openly)]
    assert prints[0] == prints[1]
    assert len(set(prints)) == 3
    assert "secret" not in openly.versions
    # The same folder, with no cache: another secret makes other recordings there.
    del options["cache"]
    again(tmp_path / "other-run", ["velocity"], secret=other.path, **options)
    assert heard.stages["simulating"] == 0
    again(tmp_path / "other-run", ["velocity"], secret=secret.path, **options)
    assert heard.stages["simulating"] == 2


def test_a_secret_among_the_plug_in_s_files_is_not_granted(tmp_path):
    for name in ("mine.py", "judges", "round-1.secret"):
        (tmp_path / name).write_text("x")
    assert own_files(tmp_path, [tmp_path / "judges"]).read == [tmp_path / "mine.py"]
    assert own_files(tmp_path, []).read == [tmp_path / "judges", tmp_path / "mine.py"]


def test_nor_in_a_folder_with_very_many_folders(tmp_path, monkeypatch):
    monkeypatch.setattr(allowed, "MOST_FOLDERS", 2)
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
    for name in ("mine.py", "judges"):
        (tmp_path / name).write_text("x")
    assert own_files(tmp_path, [tmp_path / "judges"]).read == [tmp_path / "mine.py"]


def test_one_that_lies_where_every_plug_in_may_read_is_refused(secret, monkeypatch):
    place = secret.path.resolve().parent
    monkeypatch.setattr(allowed, "roots", lambda: (place,))
    with pytest.raises(UsageError, match="lies where detectors may read"):
        Experiment("quickstart-v2", secret=secret)


def test_a_baseline_is_compared_under_the_same_secret_only(secret, tmp_path):
    suite = load_suite("smoke-v2")
    openly, mine, other = (
        terms_of(suite, which) for which in (None, secret, Secret.draw(tmp_path / "s"))
    )
    same_terms(suite.id, mine, mine)
    for then, now, says in (
        (openly, mine, f"made with no secret, this check with secret {secret.hash[:12]}…: other"),
        (mine, openly, f"made with secret {secret.hash[:12]}…, this check with no secret: other"),
        (mine, other, "other worlds. Give the same file with --secret"),
    ):
        with pytest.raises(ShamcrowdError, match=says):
            same_terms(suite.id, then, now)


COPY = """
import sys
from pathlib import Path
import numpy as np
from shamcrowd.detectors.base import Findings


class Copy:
    def review(self, log):
        # Its own copy of the simulator has played scenario and seed: this is the truth it got.
        sham = set(map(int, (Path(__file__).parent / "sham.txt").read_text().split()))
        ids = log.accounts(["account"])["account"].to_numpy()
        return Findings(ids, np.isin(ids, list(sham)).astype(float))
"""


@pytest.mark.parametrize("keyed", [False, True])
def test_a_copy_of_the_simulator_plays_another_world(judged, secret, again, tmp_path, keyed):
    """Without the secret it knows all; with it nothing."""
    from shamcrowd.benchmark.scoring.truth_arrays import open_truth
    from shamcrowd.simulator import simulate

    sham = []
    for seed in (1, 901):
        simulate(SCENARIO, seed, tmp_path / f"own-{seed}", **SMALL)
        truth = open_truth(tmp_path / f"own-{seed}")
        sham += truth.account[truth.sham].tolist()
    (tmp_path / "sham.txt").write_text(" ".join(map(str, sham)))
    (tmp_path / "copy.py").write_text(COPY)
    options = {"secret": secret.path} if keyed else {}
    scores = again(
        tmp_path / "run", [f"{tmp_path}/copy.py:Copy"], cache=judged[2], **options, **SMALL
    )
    found = {d.name: d for d in scores.detectors}["copy"]
    reached = found.metrics["average-precision"].value
    assert reached == pytest.approx(scores.recordings[0].prevalence if keyed else 1.0)
