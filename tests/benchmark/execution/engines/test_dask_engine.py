"""The same units on a Dask cluster: the same results, also if a worker is killed in the middle."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
import time

import psutil
import pytest

from shamcrowd.benchmark.evaluation.evaluate import evaluate
from shamcrowd.benchmark.execution.engines import dask_engine as engine
from shamcrowd.benchmark.execution.engines.dask_engine import ClusterError, DaskEngine
from shamcrowd.benchmark.execution.engines.local_engine import LocalEngine
from shamcrowd.benchmark.execution.engines.open_engine import open_engine
from shamcrowd.benchmark.execution.engines.work_unit import WorkUnit
from shamcrowd.recording.errors import MissingExtraError, UsageError

# A worker that is killed leaves its sockets to the collector, and Dask warns of them.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def dask_engine():
    with open_engine("dask", 2, None) as engine:
        yield engine


def write(number, pause, folder):
    folder.with_name(folder.name + ".partial").mkdir()
    time.sleep(pause)
    (folder.with_name(folder.name + ".partial") / "pid").write_text(f"{number}")
    if number < 0:
        raise ValueError(f"{number} is below zero")
    return os.getppid()


def units(folder, numbers, pause=0.0):
    return [WorkUnit(f"n{n}", write, (n, pause), folder / f"place{n}", 60.0) for n in numbers]


def run(engine, folder, numbers, pause=0.0):
    found = {}
    todo = units(folder, numbers, pause)
    engine.run(todo, lambda number, outcome: found.setdefault(number, outcome))
    return found


@pytest.mark.parametrize("which", ["local", "dask"])
def test_places_are_made_whole_or_not_at_all(tmp_path, which, request):
    engine = LocalEngine(2) if which == "local" else request.getfixturevalue("dask_engine")
    assert engine.workers == 2
    found = run(engine, tmp_path, [0, 1, -1, 2])
    assert sorted(found) == [0, 1, 2, 3]
    errors = {n: str(o.error) for n, o in found.items() if o.error is not None}
    assert errors == {2: "-1 is below zero"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["place0", "place1", "place2"]
    assert (tmp_path / "place2" / "pid").read_text() == "2"


def test_a_worker_killed_in_the_middle_loses_nothing(tmp_path, dask_engine):
    workers = dask_engine.client.run(os.getpid)
    victim = next(iter(workers.values()))
    threading.Timer(1.0, os.kill, (victim, signal.SIGKILL)).start()
    found = run(dask_engine, tmp_path, range(8), pause=0.7)
    assert sorted(found) == list(range(8))
    assert all(outcome.error is None for outcome in found.values())
    assert {n: (tmp_path / f"place{n}" / "pid").read_text() for n in range(8)} == {
        n: str(n) for n in range(8)
    }
    assert victim not in dask_engine.client.run(os.getpid).values()


def without_times(path):
    data = json.loads(path.read_text())
    del data["checksum"]
    for detector in data["detectors"]:
        del detector["seconds"], detector["peak_mib"]
    return data


def test_scores_are_those_of_one_machine_though_a_worker_dies(tmp_path, dask_engine):
    given = {"seeds": (1,), "calibration_seeds": (901,), "scale": 0.1}
    names = ["velocity", "shared-resources"]
    evaluate("quickstart-v2", names, out=tmp_path / "here", engine=LocalEngine(2), **given)
    victim = next(iter(dask_engine.client.run(os.getpid).values()))
    place = tmp_path / "there" / "findings"

    def kill():
        while alive.is_set() and not list(place.glob("*/*/findings.json")):
            time.sleep(0.02)
        os.kill(victim, signal.SIGKILL)

    alive = threading.Event()
    alive.set()
    killer = threading.Thread(target=kill)
    killer.start()
    try:
        evaluate("quickstart-v2", names, out=tmp_path / "there", engine=dask_engine, **given)
    finally:
        alive.clear()
        killer.join()
    here, there = (without_times(tmp_path / n / "scores.json") for n in ("here", "there"))
    assert here == there


def test_workers_with_other_libraries_or_code_are_refused_by_name(
    tmp_path, dask_engine, monkeypatch
):
    address = dask_engine.client.scheduler_info()["address"]
    (first, *_) = dask_engine.client.nthreads()
    theirs = engine.installation()
    monkeypatch.setattr(engine, "packages", lambda: {"numpy": "0.1"})
    engine.installation.cache_clear()
    try:
        with pytest.raises(UsageError, match=f"{first}: numpy .*, not 0.1; ") as fault:
            DaskEngine(address=address)
    finally:
        engine.installation.cache_clear()
    assert "install the same everywhere" in str(fault.value)
    # One that joins later is refused with its first unit, which it does not make.
    (unit,) = units(tmp_path, [7])
    late = engine._on_worker(unit, {**theirs, "the code of shamcrowd": "another"})
    assert isinstance(late.error, UsageError)
    assert "the code of shamcrowd" in str(late.error)
    assert not unit.path.exists()


def test_a_worker_killed_while_the_cluster_starts_is_an_error_in_one_line(capfd):
    over = threading.Event()

    def kill():
        while not over.is_set():
            for child in psutil.Process().children():
                with contextlib.suppress(psutil.Error):
                    if "spawn_main" in " ".join(child.cmdline()):
                        child.kill()
            time.sleep(0.02)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with pytest.raises(ClusterError, match=r"did not start .* take --engine local"):
            DaskEngine(1)
    finally:
        over.set()
        killer.join()
    assert "Traceback" not in capfd.readouterr().err


def test_no_scheduler_there(monkeypatch):
    monkeypatch.setattr(engine, "ANSWER_SECONDS", 0.5)
    with (
        pytest.raises(UsageError, match="no Dask scheduler answers"),
        open_engine("dask", None, "tcp://127.0.0.1:9"),
    ):
        pass


def test_a_cluster_goes_with_dask_only():
    with pytest.raises(UsageError, match="--engine dask"), open_engine("local", 2, "tcp://x:1"):
        pass


def test_without_dask_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(MissingExtraError, match=r"shamcrowd\[cluster\]"),
        open_engine("dask", 2, None),
    ):
        pass
