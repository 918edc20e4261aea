"""Every kind of difference is distinguished, and no check passes by accident."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shamcrowd.benchmark.gate.baseline import Baseline, BaselineError, BaselineScenario
from shamcrowd.benchmark.gate.compare import compare
from shamcrowd.benchmark.gate.reports.junit import junit
from shamcrowd.benchmark.gate.reports.markdown import MOST_BYTES, markdown
from shamcrowd.benchmark.gate.reports.web import web
from shamcrowd.benchmark.gate.tolerance import Tolerance
from shamcrowd.benchmark.gate.verdict import ALL
from shamcrowd.benchmark.scoring.metrics.registry import metrics
from shamcrowd.recording.errors import NothingToJudgeError, UnreadableError

EXACT = {"average-precision": Tolerance(abs=0.01), "time-to-detect": Tolerance(abs=1.0)}


def held(values=(0.5, 0.6), metric="average-precision", prints=("a", "b"), detector="mine"):
    return BaselineScenario((1, 2), prints, {detector: {metric: tuple(values)}})


def base(scenarios, tolerances=EXACT, suite="smoke-v2", terms=None):
    return Baseline(suite, terms or {"scale": 1.0}, scenarios, dict(tolerances))


def against(old, new, **options):
    return compare(base({"one": old}), base({"one": new}), {}, **options)


def kinds(verdict):
    return {(e.scenario, e.metric): e.kind for e in verdict.entries}


@pytest.mark.parametrize(
    ("metric", "old", "new", "kind", "code"),
    [
        ("average-precision", (0.5, 0.6), (0.5, 0.6), "same", 0),
        ("average-precision", (0.5, 0.6), (0.49, 0.6), "within", 0),
        ("average-precision", (0.5, 0.6), (0.49, 0.59), "within", 0),
        ("average-precision", (0.5, 0.6), (0.48, 0.58), "worse", 1),
        ("average-precision", (0.5, 0.6), (0.6, 0.7), "improved", 0),
        # Lower is better.
        ("time-to-detect", (5.0, 6.0), (9.0, 9.0), "worse", 1),
        ("time-to-detect", (5.0, 6.0), (2.0, 2.0), "improved", 0),
        # Not measured is not zero: it is lost, or first seen, or nothing.
        ("average-precision", (0.5, 0.6), (0.5, None), "worse", 1),
        ("average-precision", (None, 0.6), (0.5, 0.6), "same", 0),
        ("average-precision", (None, None), (0.5, 0.6), "new", 4),
        ("average-precision", (None, None), (None, None), "same", 4),
    ],
)
def test_a_figure(metric, old, new, kind, code):
    verdict = against(held(old, metric), held(new, metric))
    assert [e.kind for e in verdict.entries] == [kind]
    assert verdict.exit_code == code


@pytest.mark.parametrize(
    ("harm", "ratio", "kind", "code"),
    [
        # No false alarm is left, so that there is no ratio of them.
        ((0.0, 0.0), (None, None), "improved", 0),
        ((0.0, 0.1), (None, 0.2), "same", 0),
        ((0.0, 0.1), (None, 0.0), "worse", 1),
        # Not measured for another reason.
        ((0.1, 0.1), (None, 0.2), "worse", 1),
        ((None, 0.1), (None, 0.2), "worse", 1),
    ],
)
def test_no_false_alarm_left_is_no_loss(harm, ratio, kind, code):
    def figures(harms, ratios):
        return BaselineScenario(
            (1, 2), ("a", "b"), {"mine": {"worst-segment-fpr": harms, "segment-fpr-ratio": ratios}}
        )

    verdict = against(figures((0.1, 0.1), (0.2, 0.2)), figures(harm, ratio))
    found = {e.metric: e for e in verdict.entries}
    assert found["segment-fpr-ratio"].kind == kind
    if None not in harm:
        assert verdict.exit_code == code
        assert markdown(verdict)


def test_new_and_missing_detectors():
    verdict = against(held(detector="mine"), held(detector="other"))
    assert {(e.detector, e.kind) for e in verdict.entries} == {
        ("mine", "missing"),
        ("other", "new"),
    }
    assert verdict.exit_code == 1
    assert "1 missing (mine)" in verdict.line
    # Those that were not asked for are not missed.
    assert against(held(), held(detector="other"), chosen=["other"]).exit_code == 4


def test_new_and_missing_scenarios():
    old, new = base({"one": held(), "two": held()}), base({"one": held(), "three": held()})
    verdict = compare(old, new, {})
    assert kinds(verdict)["two", "average-precision"] == "missing"
    assert kinds(verdict)["three", "average-precision"] == "new"
    assert verdict.exit_code == 1


def test_another_fingerprint_is_refused_and_never_compared():
    verdict = against(held(), held((0.0, 0.0), prints=("a", "c")))
    assert verdict.entries == ()
    (scenario, why) = verdict.refused[0]
    assert scenario == "one"
    assert "seed 2" in why
    assert "seed 1" not in why
    assert verdict.exit_code == 2
    other = replace(held(), seeds=(1, 3))
    assert "seeds 1, 2 in the baseline, 1, 3 now" in against(held(), other).refused[0][1]


def test_another_suite_or_other_terms():
    with pytest.raises(BaselineError, match="of suite core-v2, this check of smoke-v2"):
        compare(base({}, suite="core-v2"), base({}), {})
    with pytest.raises(BaselineError, match=r"scale was 2.0, is 1.0"):
        compare(base({}, terms={"scale": 2.0}), base({}), {})


def scored(name, status, error=""):
    return SimpleNamespace(name=name, status=status, error=error)


def judged(*detectors):
    return SimpleNamespace(detectors=list(detectors), versions={})


def test_what_did_not_run_is_broken_and_no_verdict():
    scores = {"one": judged(scored("mine", "failed", "boom"))}
    verdict = compare(base({"one": held()}), base({"one": held((0, 0))}), scores)
    assert verdict.exit_code == 3
    assert verdict.line.startswith("BROKEN: mine on one")
    assert not verdict.bad
    failed = [("two", "", "killed")]
    verdict = compare(base({"one": held(), "two": held()}), base({"one": held()}), {}, failed)
    assert verdict.exit_code == 3
    assert "two did not run" in verdict.line
    # A package that a new detector lacks here breaks nothing.
    scores = {"one": judged(scored("extra", "unavailable", "pip install"))}
    assert compare(base({"one": held()}), base({"one": held()}), scores).exit_code == 0


def test_nothing_is_never_green():
    verdict = compare(base({}), base({}), {})
    assert verdict.exit_code == 4
    assert verdict.line.startswith("NOTHING TO JUDGE")


def test_a_small_loss_everywhere_shows_over_all_scenarios():
    old = {f"s{i}": held((0.5 + 0.1 * i, 0.6)) for i in range(4)}
    new = {f"s{i}": held((0.46 + 0.1 * i, 0.57 - 0.02 * i)) for i in range(4)}
    noise = {"average-precision": Tolerance(abs=0.02, noise=7)}
    verdict = compare(base(old, noise), base(new, noise), {})
    worse = {e.scenario for e in verdict.bad}
    assert ALL in worse
    assert worse != {ALL, *old}


def test_the_closest_tolerance_counts():
    names = ("average-precision", "mine/average-precision", "one/mine/average-precision")
    for loose in range(1, 4):
        tolerances = {n: Tolerance(abs=0.001) for n in names[:loose]}
        tolerances[names[loose - 1]] = Tolerance(abs=0.9)
        old = base({"one": held()}, tolerances)
        assert compare(old, base({"one": held((0.1, 0.1))}), {}).exit_code == 0


@pytest.mark.parametrize("name", metrics())
def test_every_metric_has_a_usual_tolerance(name):
    assert base({}, {}).tolerance("one", "mine", name).abs > 0


numbers = st.lists(st.floats(0, 1), min_size=2, max_size=6)


@given(numbers, st.floats(0, 0.5), st.floats(0, 5))
def test_no_change_is_never_worse(values, limit, k):
    assert Tolerance(abs=limit, noise=k).allows(values, values) == limit


@given(numbers, st.floats(0.02, 0.9))
def test_the_same_loss_on_every_seed_is_no_noise(values, loss):
    allowed = Tolerance(noise=3).allows(values, [v - loss for v in values])
    assert allowed < loss


@pytest.mark.parametrize(
    "data", [{}, [], {"abs": -1}, {"abs": "x"}, {"abs": True}, {"sigma": 2}, {"abs": float("nan")}]
)
def test_a_faulty_tolerance(data):
    with pytest.raises(ValueError, match="tolerance"):
        Tolerance.of(data)


def test_the_file_is_small_sorted_and_reads_back(tmp_path):
    many = base({"two": held(), "one": held((None, 0.25))})
    many.write(tmp_path / "b.json")
    text = (tmp_path / "b.json").read_text()
    assert Baseline.read(tmp_path / "b.json") == many
    assert text.index('"one"') < text.index('"two"')
    # A figure that moves is one line of the difference.
    other = base({"two": held(), "one": held((None, 0.26))}).text()
    apart = [a for a, b in zip(text.splitlines(), other.splitlines(), strict=True) if a != b]
    assert apart == ['     "average-precision": [null, 0.25]']


DAMAGE = {
    "cut": (lambda t: t[: len(t) // 2], "not JSON, or cut short"),
    "empty": (lambda t: "", "empty"),
    "a list": (lambda t: "[]", "holds no JSON object"),
    "another version": (lambda t: t.replace('"version": 1', '"version": 9'), "version 9"),
    "no suite": (lambda t: t.replace('"suite"', '"sweet"'), "suite: Field required"),
    "a seed too few": (lambda t: t.replace("[0.5, 0.6]", "[0.5]"), "must be 2 numbers"),
    "words for numbers": (lambda t: t.replace("[0.5, 0.6]", '["a", 0.6]'), "valid number"),
    "a share above 1": (lambda t: t.replace("[0.5, 0.6]", "[1.5, 0.6]"), "not from -1 to 1"),
    "a seed twice": (lambda t: t.replace('"seeds": [1, 2]', '"seeds": [1, 1]'), "twice"),
    "a tolerance for nothing": (
        lambda t: t.replace('"average-precision": {"abs"', '"averge-precision": {"abs"'),
        'did you mean "average-precision"',
    ),
    "a negative tolerance": (lambda t: t.replace('{"abs": 0.01}', '{"abs": -1}'), "at least 0"),
    "merge marks": (lambda t: "<<<<<<< HEAD\n" + t, "not JSON"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_baseline_is_reported_and_ends_with_2(tmp_path, name):
    damage, said = DAMAGE[name]
    path = tmp_path / "baseline.json"
    path.write_text(damage(base({"one": held()}).text()))
    with pytest.raises(UnreadableError, match=said) as fault:
        Baseline.read(path)
    assert "baseline.json" in str(fault.value)
    assert fault.value.exit_code == 2


def test_no_baseline(tmp_path):
    with pytest.raises(NothingToJudgeError, match="--update-baseline"):
        Baseline.read(tmp_path / "baseline.json")


@pytest.fixture
def red():
    many = {f"metric-{i:03}": (0.9, 0.8) for i in range(400)}
    gone = dict.fromkeys(many, (0.1, 0.1))
    old = base({"one": BaselineScenario((1, 2), ("a", "b"), {"mine|<b>": many}), "two": held()})
    new = base(
        {
            "one": BaselineScenario((1, 2), ("a", "b"), {"mine|<b>": gone}),
            "two": held(prints=("x", "b")),
        }
    )
    return compare(old, new, {}, [("three", "", "killed \x1b[1m & <script>alert(1)</script>")])


def test_markdown_stays_short(red):
    text = markdown(red)
    assert len(text.encode()) <= MOST_BYTES
    assert text.count("is allowed |") == 10
    assert "… and 790 more" in text
    assert "<script>" not in text


def test_junit_is_xml_whatever_was_said(red):
    root = ElementTree.fromstring(junit(red))
    (suite,) = root
    assert suite.get("failures") == "2"
    assert suite.get("errors") == "1"
    assert suite.get("skipped") == "1"
    assert int(suite.get("tests")) == len(suite)
    nothing = ElementTree.fromstring(junit(compare(base({}), base({}), {})))
    assert nothing[0].get("errors") == "1"


def test_the_page_is_whole_and_harmless(red, checked_text):
    text = checked_text(web(red))
    assert "BROKEN" in text
    assert "alert(1)" in text
    assert "<script>alert" not in web(red)
