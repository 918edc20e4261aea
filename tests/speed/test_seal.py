"""What the seal costs a detector: the same reviews in a sealed process and in this one, by turns.

A gate asks every detector once a recording, so it costs as many times as much.
"""

from __future__ import annotations

import time
from statistics import median

import pytest

from shamcrowd.benchmark.evaluation.replay import Candidate
from shamcrowd.benchmark.evaluation.slow_libraries import libraries_of
from shamcrowd.benchmark.execution.confinement import server_client
from shamcrowd.benchmark.execution.plugin_process import PluginProcess
from shamcrowd.benchmark.execution.plugin_source import OfferedLog
from shamcrowd.detectors.registry import load_detector
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import EARLIEST
from shamcrowd.recording.view import LogView, open_log
from tests.recordings import recorded

MOST_SECONDS = 0.5
"""CPU seconds that sealing may cost a detector and recording."""
ROUNDS = 3


@pytest.mark.parametrize("name", ["velocity", "shared-resources"])
def test_the_seal(benchmark, full, tmp_path, name):
    """CPU seconds of both sides of the seal, without the server, which is started once a run."""
    recording = recorded("quickstart-v2", 1, scale=1.0 if full else 0.03)
    source, reviews = open_log(recording), Manifest.read(recording).reviews
    server_client.server(libraries_of([Candidate(name, name)]))

    def sealed() -> float:
        candidate = Candidate(name, name)
        begun, since = time.process_time(), EARLIEST
        with PluginProcess(candidate.packed(), candidate.sandbox(tmp_path, (), 2048)) as plugin:
            plugin.make()
            for now in reviews:
                known = source.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy()
                plugin.review(OfferedLog(source), now, since, None, known)
                since = now
            used = plugin.close()
        return used.seconds + time.process_time() - begun

    def in_process() -> float:
        begun, since, detector = time.process_time(), EARLIEST, load_detector(name)()
        for now in reviews:
            known = source.rows("accounts", EARLIEST, now, ["account"]).column(0).to_numpy()
            detector.review(LogView(source, now, since)).checked(known)
            since = now
        return time.process_time() - begun

    sealed()
    in_process()
    pairs: list[tuple[float, float]] = []
    benchmark.pedantic(lambda: pairs.append((sealed(), in_process())), rounds=ROUNDS if full else 1)
    more = [ours - theirs for ours, theirs in pairs]
    ours, theirs = (median(side) for side in zip(*pairs, strict=True))
    print(f"\n{name}: sealed {ours:.2f} CPU s, in this process {theirs:.2f}; "
          f"more: {', '.join(f'{one:.2f}' for one in more)}")  # fmt: skip
    if full:
        assert median(more) <= MOST_SECONDS
