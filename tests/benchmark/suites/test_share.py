"""Shares of a suite: together they are the suite, and each makes what the whole would."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shamcrowd.benchmark.execution.cache import Cache
from shamcrowd.benchmark.execution.engines.local_engine import LocalEngine
from shamcrowd.benchmark.suites.bench import bench
from shamcrowd.benchmark.suites.result import SuiteResult
from shamcrowd.benchmark.suites.share import Share
from shamcrowd.recording.errors import UsageError


@settings(derandomize=True, max_examples=60)
@given(st.integers(1, 9), st.integers(1, 6), st.integers(1, 5), st.integers(1, 3))
def test_every_seed_of_every_scenario_is_in_one_share(of, scenarios, scored, calibration):
    seeds = tuple(range(scored)), tuple(range(901, 901 + calibration))
    dealt = [
        [(scenario, seed) for scenario in range(scenarios)
         for seed in Share(number, of).seeds(scenario, *seeds)]
        for number in range(1, of + 1)
    ]  # fmt: skip
    pairs = sorted(pair for share in dealt for pair in share)
    assert pairs == [(n, seed) for n in range(scenarios) for seed in (*seeds[0], *seeds[1])]
    assert max(map(len, dealt)) - min(map(len, dealt)) <= 1


@pytest.mark.parametrize(("number", "of"), [(0, 3), (4, 3), (1, 0)])
def test_there_is_no_other_share(number, of):
    with pytest.raises(UsageError, match="write i/n with i from 1 to n"):
        Share(number, of)


def entries(cache, kind):
    return {path.name for path in (cache / kind).iterdir()}


def test_a_share_makes_what_the_whole_would_and_a_merge_scores_it(first_bench, tmp_path, told):
    mine = tmp_path / "cache-6"
    made = bench(
        first_bench.suite, out=tmp_path / "share", cache=Cache(mine), engine=LocalEngine(2),
        share=Share(6, 6),
    )  # fmt: skip
    # The last of six: the calibration seed of the second scenario.
    assert made.made == {"simulating": 1, "detecting": 5}
    assert not SuiteResult.read(tmp_path / "share").scenarios
    assert not (tmp_path / "share" / "calm" / "scores.json").exists()
    for kind in ("recordings", "findings"):
        assert entries(mine, kind) < entries(first_bench.cache, kind)
    # What the five others would have made: the whole, less this share, and without its scores.
    others = tmp_path / "others"
    shutil.copytree(first_bench.cache, others)
    shutil.rmtree(others / "scores")
    for kind in ("recordings", "findings"):
        for name in entries(mine, kind):
            shutil.rmtree(others / kind / name)
    whole = Cache(tmp_path / "cache")
    assert whole.adopt(mine) == 6
    whole.adopt(others)
    merged = bench(
        first_bench.suite, out=tmp_path / "out", cache=whole, engine=LocalEngine(2), listener=told
    )
    assert merged.made == {"simulating": 0, "detecting": 0, "scoring": 2}
    means = [
        {name: row.metrics[name] for name in row.metrics if "second" not in name}
        for row in merged.overall
    ]
    assert means == [
        {name: row.metrics[name] for name in row.metrics if "second" not in name}
        for row in first_bench.result.overall
    ]
