"""Two runs against each other: what is compared, what is refused, and what comes out."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from shamcrowd.benchmark.comparison.compare import compare, rankings
from shamcrowd.benchmark.comparison.difficulty import area_weights, families
from shamcrowd.benchmark.comparison.runs import named, pairs, read_run
from shamcrowd.benchmark.reports.comparison.formats import as_csv, as_json, latex, markdown
from shamcrowd.benchmark.scoring.scores import Measurement
from shamcrowd.recording.errors import NothingToJudgeError, UsageError


def row(found, group, name, figure="recall-at-0-1-percent", detector="linker"):
    wanted = (detector, figure, group, name)
    (one,) = [r for r in found.rows if (r.detector, r.figure, r.group, r.name) == wanted]
    return one


@pytest.fixture(scope="module")
def better(suite):
    return compare(suite(linker=0.5, counter=0.3), suite(linker=0.6, counter=0.3))


def test_overall(better):
    one = row(better, "overall", "all scenarios")
    assert one.result.verdict == "better"
    assert one.result.value == pytest.approx(0.1)
    # Seven of seven scenarios: 2 / 2^7; the counter's is 1, so Holm doubles it.
    assert one.p == pytest.approx(2 * 2 / 128)
    assert (one.scenarios, one.seeds) == (7, 5)
    assert (one.chance, one.oracle) == pytest.approx((0.001, 0.95))
    same = row(better, "overall", "all scenarios", detector="counter")
    assert (same.result.verdict, same.p) == ("cannot tell", 1.0)


def test_lower_is_worse_where_lower_is_better(better):
    assert row(better, "overall", "all scenarios", "worst-segment-fpr").result.verdict == "worse"


def test_every_group_is_there(better):
    assert {r.group for r in better.rows} == {
        "overall", "scenario", "difficulty", "robustness", "tactic", "segment"
    }  # fmt: skip


def test_robustness_by_hand(better):
    # Careless .6, careful .58, expert .56: (.6 + 2 * .58 + .56) / 4 = .58.
    one = row(better, "robustness", "mixed-v2")
    assert (one.result.a, one.result.b) == pytest.approx((0.48, 0.58))
    assert row(better, "robustness", "all families").result.b == pytest.approx((0.58 + 0.52) / 2)


def test_difficulty_takes_only_scenarios_with_siblings(better):
    assert row(better, "difficulty", "careful").scenarios == 2
    names = {r.name for r in better.rows if r.group == "difficulty"}
    assert names == {"careless", "careful", "expert"}


def test_tactics_and_segments(better):
    one = row(better, "tactic", "hydra", "damage prevented")
    assert one.result.value == pytest.approx(0.1)
    harm = row(better, "segment", "classroom", "false-positive rate")
    assert (harm.better, harm.scenarios) == ("lower", 7)
    # Five hermits say nothing.
    assert not [r for r in better.rows if r.name == "hermit"]


def test_unmeasured_is_left_out_and_said(better):
    assert not [r for r in better.rows if r.figure == "time-to-detect"]
    assert any("time to detect" in n and "over half" in n for n in better.notes)


def test_unmeasured_on_one_scenario_leaves_the_others(suite):
    a, b = suite(linker=0.5), suite(linker=0.6)
    first = b[0].detectors[0]
    gone = {**first.metrics, "average-precision": Measurement(None, note="no sham account")}
    b[0] = replace(b[0], detectors=(replace(first, metrics=gone), *b[0].detectors[1:]))
    found = compare(a, b)
    assert row(found, "overall", "all scenarios", "average-precision").scenarios == 6
    assert any("not measured for B: no sham account" in n for n in found.notes)


def test_few_seeds_no_ranking_and_the_reason(make_scores):
    few = [make_scores(n, seeds=(1, 2), linker=0.5) for n in ("s-v1", "t-v1")]
    found = compare(few, few)
    assert {r.result.verdict for r in found.rows} == {""}
    assert all(not r.ranks for r in found.rankings.values())
    assert found.rankings["campaign-recall"].reason == "no ranking: 2 seeds, 5 are the least"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"versions": {"source": "z", "scoring": "b"}}, "the code that simulates differs"),
        ({"versions": {"source": "a", "scoring": "z"}}, "the code that scores differs"),
        ({"settings": {"horizon": "5d"}}, "settings differ \\(horizon\\)"),
        ({"alert_rate": 0.02}, "alert rates differ"),
        ({"calibration_seeds": (901,)}, "calibration seeds differ"),
        (
            {"training": {"labels": "truth", "hold_out": []}},
            r"fitted differently \(labels: platform and truth; hold_out: hydra, ring and none\)",
        ),
    ],
)
def test_refused_with_the_reason(make_scores, change, told):
    taught = {"labels": "platform", "hold_out": ["hydra", "ring"]}
    one = replace(make_scores(), training=taught)
    compare([one], [one])
    with pytest.raises(UsageError, match=told):
        compare([one], [replace(one, **change)])


def test_another_recording_is_refused(make_scores):
    with pytest.raises(UsageError, match="fingerprints of seeds 1, 2, 3, 4, 5"):
        compare([make_scores()], [make_scores(fingerprint="g")])


def test_all_reasons_at_once(make_scores):
    other = replace(make_scores(fingerprint="g"), alert_rate=0.5)
    with pytest.raises(UsageError, match=r"(?s)fingerprints.*alert rates"):
        compare([make_scores()], [other])


def test_paired_on_the_seeds_that_both_scored(make_scores):
    a, b = make_scores(seeds=range(1, 7), linker=0.5), make_scores(seeds=range(2, 9), linker=0.5)
    found, notes = pairs([a], [b])
    (pair,) = found["linker"]
    assert pair.seeds == (2, 3, 4, 5, 6)
    assert (pair.a_seeds, pair.b_seeds) == ((1, 2, 3, 4, 5), (0, 1, 2, 3, 4))
    assert notes == ["s-v1: only 5 seeds that both scored"]


def test_nothing_shared(make_scores):
    with pytest.raises(NothingToJudgeError, match="share no scenario"):
        compare([make_scores("a-v1")], [make_scores("b-v1")])
    with pytest.raises(NothingToJudgeError, match="no detector and seed"):
        compare([make_scores(linker=0.5)], [make_scores(counter=0.5)])


def test_what_failed_is_not_zero(make_scores):
    b = make_scores(linker=0.5, counter=0.5)
    broken = replace(b.detectors[0], status="failed", metrics={})
    b = replace(b, detectors=(broken, *b.detectors[1:]))
    found = compare([make_scores(linker=0.5, counter=0.5)], [b])
    assert {r.detector for r in found.rows} == {"counter"}
    assert "s-v1: linker failed, left out" in found.notes


def test_two_named_detectors(make_scores):
    run = [make_scores(linker=0.6, counter=0.3)]
    found = compare(run, run, detectors=("counter", "linker"))
    assert {r.detector for r in found.rows} == {"linker against counter"}
    assert row(found, "overall", "all scenarios", detector="linker against counter"
               ).result.value == pytest.approx(0.3)  # fmt: skip


def test_rankings_of_a_suite(suite):
    found = rankings(suite(linker=0.6, counter=0.3, sloth=0.2))
    assert found["campaign-recall"].ranks == {"linker": 1.0, "counter": 2.0, "sloth": 3.0}
    assert next(iter(found["worst-segment-fpr"].ranks)) == "sloth"


def test_names_of_runs(tmp_path):
    (tmp_path / "a:b").mkdir()
    assert named(str(tmp_path / "a:b")) == (tmp_path / "a:b", "")
    assert named(f"{tmp_path}:velocity") == (tmp_path, "velocity")


def test_reading_a_suite(make_scores, tmp_path):
    for name in ("b-v1", "a-v1"):
        (tmp_path / name).mkdir()
        make_scores(name).write(tmp_path / name / "scores.json")
    assert [s.scenario for s in read_run(tmp_path)] == ["a-v1", "b-v1"]
    with pytest.raises(NothingToJudgeError, match=r"no scores.json"):
        read_run(tmp_path / "nowhere")


def test_families():
    assert families(["a-v1", "b-expert-v1", "b-v1", "c-expert-v2", "c-v1", "odd"]) == {
        "b-v1": {"careful": "b-v1", "expert": "b-expert-v1"}
    }
    assert area_weights([0.0, 1.0]) == [0.5, 0.5]
    assert sum(area_weights([0.0, 0.5, 1.0])) == 1


def test_csv_and_json_hold_every_row(better):
    lines = list(csv.DictReader(io.StringIO(as_csv(better))))
    data = json.loads(as_json(better))
    assert len(lines) == len(data["rows"]) == len(better.rows)
    assert float(lines[0]["difference"]) == data["rows"][0]["difference"]
    assert data["rankings"]["campaign-recall"]["ranks"]


def test_markdown_and_latex(suite, snapshot):
    found = compare(suite(linker=0.5)[:2], suite(linker=0.6)[:2], ("old", "new_run"))
    assert markdown(found) == snapshot
    assert latex(found) == snapshot


def test_latex_escapes(better):
    text = latex(better)
    assert r"B\textasciicircum" not in text
    assert r"recall at 0.1 \% false positives" in text
    assert text.count(r"\toprule") == text.count(r"\bottomrule") == 6
