"""It says whether plug-ins are sealed off, and by what."""

from __future__ import annotations

import importlib
import sys

import pytest

from shamcrowd.benchmark.cli import entry
from shamcrowd.benchmark.evaluation.plan import Plan
from shamcrowd.benchmark.execution import seal as room
from shamcrowd.benchmark.execution.confinement import landlock, seccomp, server_client
from shamcrowd.benchmark.scoring.findings_store import read_metadata, write_metadata
from shamcrowd.benchmark.scoring.scores import Scores
from shamcrowd.recording.errors import UsageError


@pytest.fixture
def bare(monkeypatch):
    """A machine without Landlock."""
    monkeypatch.setattr(landlock, "version", lambda: 0)


@pytest.mark.skipif(not landlock.version() or not seccomp.offered(), reason="not sealed here")
def test_a_run_says_that_it_is_sealed_and_by_what(run_copy, again, heard):
    (Plan.read(run_copy).findings(run_copy, 1, "random") / "findings.json").unlink()
    again(run_copy, ["shared-resources"], listener=heard)
    (told,) = [note for note in heard.notes if "sealed" in note]
    assert told.startswith(f"detectors are sealed by Landlock {landlock.version()}")
    room.require_seal()


def test_one_part_that_is_not_sealed_makes_the_whole_so(run_copy, again):
    place = Plan.read(run_copy).findings(run_copy, 1, "random")
    note = read_metadata(place)
    write_metadata(place, type(note)(**{**vars(note), "seal": "not sealed (files: a test)"}))
    again(run_copy, ["shared-resources"])
    assert Scores.read(run_copy / "scores.json").versions["seal"] == "not sealed (files: a test)"


def test_without_landlock_it_says_so_and_can_be_made_to_refuse(bare, tmp_path, again):
    assert room.seal().line.startswith("not sealed (files: this system has no Landlock")
    from shamcrowd.benchmark.evaluation.evaluate import run_experiment
    from shamcrowd.benchmark.evaluation.experiment import Experiment

    with pytest.raises(UsageError, match="--require-seal: plug-ins are not sealed"):
        run_experiment(Experiment("quickstart-v2", require_seal=True), out=tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_where_the_seal_is_required_findings_without_it_are_made_again(run_copy, again, heard):
    if room.seal().missing:
        pytest.skip("not sealed here")
    place = Plan.read(run_copy).findings(run_copy, 1, "random")
    note = read_metadata(place)
    write_metadata(place, type(note)(**{**vars(note), "seal": "not sealed (files: a test)"}))
    from shamcrowd.benchmark.evaluation.evaluate import run_experiment
    from shamcrowd.benchmark.evaluation.experiment import Experiment
    from tests.benchmark.conftest import SCALE, SCENARIO

    experiment = Experiment(SCENARIO, (1,), (901,), scale=SCALE, workers=2, require_seal=True)
    run_experiment(experiment, ["shared-resources"], out=run_copy, listener=heard)
    assert heard.stages["detecting"] == 1
    assert read_metadata(place).seal.startswith("sealed by")


@pytest.fixture
def alone(monkeypatch):
    """As where there is no server: a fresh interpreter for each process, not confined."""
    monkeypatch.setattr(server_client, "HAS_SERVER", False)
    monkeypatch.setattr(server_client, "_server", None)


@pytest.mark.skipif(sys.platform == "win32", reason="sockets are inherited by their number")
def test_where_nothing_confines_it_runs_all_the_same_and_ends(alone, spies):
    assert spies("""
        print("hello" * 100_000)
        return len(log.requests())
    """)


PLUG_IN = '''
with open({mark!r}, "a") as file:
    file.write("loaded")


class Mine:
    """Theirs."""

    def review(self, log):
        raise ValueError
'''


def test_a_plug_in_of_a_package_is_listed_without_being_run(tmp_path, monkeypatch, run_copy, again):
    mark = tmp_path / "mark"
    (tmp_path / "theirs.py").write_text(PLUG_IN.format(mark=str(mark)))
    about = tmp_path / "theirs-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: theirs\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[shamcrowd.detectors]\ntheirs = theirs:Mine\n")
    monkeypatch.syspath_prepend(tmp_path)
    from shamcrowd.detectors.registry import detector_about, detector_names

    assert "theirs" in detector_names()
    assert detector_about("theirs") == "Theirs."
    scores = again(run_copy, ["theirs"])
    status = {d.name: d for d in scores.detectors}["theirs"]
    assert status.status == "failed"
    # It could not even be loaded: it writes to where it may not.
    if landlock.version():
        assert not mark.exists()
        assert "PermissionError" in status.error or "Read-only file system" in status.error


def test_a_plug_in_runs_where_it_is_imported(tmp_path, monkeypatch):
    """What listing would do if it imported: the mark of the test above can be made."""
    mark = tmp_path / "mark"
    (tmp_path / "theirs_open.py").write_text(PLUG_IN.format(mark=str(mark)))
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("theirs_open")
    assert mark.exists()


@pytest.mark.parametrize(
    "command",
    [
        ("run", "quickstart-v2"),
        ("run", "arms-race-v2", "--response", "standard"),
        ("bench", "smoke-v2"),
        ("check", "--suite", "smoke-v2", "--update-baseline"),
        ("duel", "arms-race-v2", "--detectors", "random", "--strategies", "naive"),
        ("sweep", "quickstart-v2", "--knob", "campaigns.hydra.evasion.rotation"),
        ("detect", "a-recording"),
    ],
)
def test_each_command_that_runs_plug_ins_can_be_made_to_refuse(bare, tmp_path, command, capsys):
    more = ["--baseline", str(tmp_path / "b.json")] if command[0] == "check" else []
    code = entry.run([*command, *more, "--require-seal", "--out", str(tmp_path / "out")])
    assert code == 2
    assert "--require-seal: plug-ins are not sealed" in capsys.readouterr().err
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and p.name != "knob.json"]
