"""``shamcrowd transfer``, end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shamcrowd.benchmark.cli.entry import run
from shamcrowd.benchmark.transfer.judging import CONTROLS, OF_ACCOUNTS, OF_GROUPS
from shamcrowd.benchmark.transfer.registry import labelled_sets

CHOSEN = ("shared-resources", "evil-cohort", "co-action", "fraudar", "synchrotrap")
BOARD = "## By scenario\n\n### one-v2\n\n|  | recall at 0.1 % false positives |\n| --- | --: |\n"
EXTRACT = next(
    (p / "shared/data" for p in Path(__file__).parents if (p / "shared/data").is_dir()), None
)
"""Reduced tables of real sets, which are no part of the repository, where somebody keeps some."""


def words(detectors: tuple[str, ...] = CHOSEN) -> list[str]:
    return [word for name in detectors for word in ("--detector", name)]


@pytest.fixture(scope="module")
def done(invented, tmp_path_factory):
    """Two sets judged by five detectors of links, one that learns, and one that has nothing."""
    home = tmp_path_factory.mktemp("transfer")
    for name, write in (("own", invented.own_table), ("stars", invented.starscout)):
        (home / name).mkdir()
        write(home / name)
    rows = [f"| {n} | 0.{9 - i}00 |" for i, n in enumerate((*CHOSEN, "boosted-neighbours"))]
    (home / "board.md").write_text("# Mine\n\n" + BOARD + "\n".join(rows) + "\n")
    code = run([
        "transfer", f"own-table={home / 'own'}", f"starscout={home / 'stars'}",
        *words((*CHOSEN, "boosted-neighbours", "template-clusters")), "--reviews", "2",
        "--board", str(home / "board.md"), "--out", str(home / "out"), "-q",
    ])  # fmt: skip
    assert code == 0
    return home / "out"


@pytest.fixture(scope="module")
def told(done):
    return {one["set"]: one for one in json.loads((done / "transfer.json").read_text())["sets"]}


def figures(one):
    return {d["detector"]: d for d in one["detectors"]}


def test_those_that_act_together_are_found(told):
    found = figures(told["own-table"])
    for name in ("evil-cohort", "co-action", "fraudar"):
        assert found[name]["metrics"]["average-precision"] > 0.9, name
    assert found["oracle"]["metrics"]["average-precision"] == 1.0
    assert found["random"]["metrics"]["average-precision"] < 0.5
    assert found["boosted-neighbours"]["learned"]
    assert not found["co-action"]["learned"]


def test_metrics_of_groups_are_for_sets_with_groups(told):
    assert set(figures(told["own-table"])["co-action"]["metrics"]) == {*OF_ACCOUNTS, *OF_GROUPS}
    assert set(figures(told["starscout"])["co-action"]["metrics"]) == set(OF_ACCOUNTS)
    assert figures(told["own-table"])["co-action"]["metrics"]["campaign-recall"] > 0.5


def test_what_a_detector_lacks_is_said(told):
    lacking = figures(told["own-table"])["template-clusters"]
    assert lacking["status"] == "not applicable"
    assert "requests.sketch" in lacking["said"]
    assert not lacking["metrics"]
    # With things of one kind, one that needs two kinds is given its setting.
    assert figures(told["starscout"])["shared-resources"]["status"] == "ok"


def test_controls_always_run(told):
    for one in told.values():
        assert {*CONTROLS, "oracle", "noisy-oracle"} <= set(figures(one))


def test_accounts_without_a_label_do_not_count(told):
    one = told["own-table"]
    assert (one["accounts"], one["sham"], one["honest"]) == (120, 20, 90)
    assert one["prevalence"] == pytest.approx(20 / 110)


def test_ranks_are_compared_with_the_board(told, done):
    for one in told.values():
        compared = {(a["there"], a["here"]): a for a in one["agreement"]}
        ranked = compared["average-precision", "recall-at-0-1-percent"]
        assert len(ranked["detectors"]) >= 5
        low, high = ranked["spearman_bounds"]
        assert -1 <= low <= ranked["spearman"] <= high <= 1
    whole = json.loads((done / "transfer.json").read_text())
    assert whole["overall"]["average-precision against recall-at-0-1-percent"] is not None


def test_the_pages_say_where_it_is_from_and_what_the_labels_are_not(told, done):
    markdown, page = ((done / f"transfer.{e}").read_text() for e in ("md", "html"))
    for name, one in told.items():
        about = labelled_sets().load(name)
        for text in (about.source, about.licence, about.not_labels, one["files"][0]["sha256"]):
            assert text in markdown
            assert text.split(" (")[0].split("'")[0] in page
    assert "simulated" not in page
    assert "rank correlation" in markdown
    assert "were made by looking at what accounts share" in markdown
    for row in [line for line in markdown.splitlines() if line.startswith("|")]:
        assert row.count("|") in (7, 9), row


def test_a_set_is_shown_and_nothing_is_fetched(capsys):
    assert run(["transfer"]) == 0
    said = capsys.readouterr().out
    for name in labelled_sets():
        assert f"{name}: " in said
    assert run(["transfer", "hop"]) == 0
    said = capsys.readouterr().out
    assert "ISC" in said
    assert "yelp" not in said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["hop=nowhere", "--out", "x"], "no such folder"),
        (["hops=.", "--out", "x"], "did you mean 'hop'"),
        (["hop=."], "--out"),
        (["hop=.", "bitcoin-otc", "--out", "x"], "with its folder"),
        (["hop=.", "--out", "x", "--detector", "nobody"], "no detector 'nobody'"),
        (["hop=.", "--out", "x", "--set", "co-action.caps=1"], "has no setting 'caps'"),
        (["hop=.", "--out", "x", "--set", "cap=1"], "write detector.setting=number"),
        (["hop=.", "--out", "x", "--board", "nowhere.md"], "no board there"),
    ],
)
def test_what_cannot_be_is_refused(line, said, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["transfer", *line]) == 2
    assert said in capsys.readouterr().err


def test_a_folder_with_other_things_is_left_alone(invented, tmp_path, capsys):
    (tmp_path / "set").mkdir()
    invented.own_table(tmp_path / "set")
    (tmp_path / "mine.txt").write_text("mine")
    code = run(["transfer", f"own-table={tmp_path / 'set'}", "--out", str(tmp_path), *words()])
    assert code == 2
    assert "nothing in it was touched" in capsys.readouterr().err


def test_settings_reach_the_detector(invented, tmp_path):
    invented.own_table(tmp_path)
    line = [
        "transfer", f"own-table={tmp_path}", "--detector", "evil-cohort", "--reviews", "1",
        "--set", "evil-cohort.cap=2", "--out", str(tmp_path / "out"), "-q",
    ]  # fmt: skip
    assert run(line) == 0
    (one,) = json.loads((tmp_path / "out/transfer.json").read_text())["sets"]
    # With a cap of two nothing links anybody.
    assert figures(one)["evil-cohort"]["said"].startswith("it gives all accounts one score")


@pytest.mark.skipif(EXTRACT is None, reason="no reduced tables of real sets here")
def test_the_reduced_tables_of_hop(tmp_path):
    line = [
        "transfer", f"hop={EXTRACT}", "--detector", "shared-resources", "--reviews", "1",
        "--out", str(tmp_path / "out"), "-q",
    ]  # fmt: skip
    assert run(line) == 0
    (one,) = json.loads((tmp_path / "out/transfer.json").read_text())["sets"]
    assert (one["accounts"], one["sham"], one["groups"]) == (43_052, 14_195, 425)
    found = figures(one)["shared-resources"]["metrics"]["average-precision"]
    assert found > one["prevalence"] + 0.1
