import json
import runpy

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.classroom.answers import AnswerError, as_json
from shamcrowd.benchmark.classroom.book import open_book
from shamcrowd.benchmark.classroom.book_files import as_jupyter, as_marimo, cells
from shamcrowd.benchmark.classroom.exercises.registry import exercises
from shamcrowd.benchmark.classroom.packs.base import packs
from shamcrowd.benchmark.classroom.records import HAND_OUT
from shamcrowd.recording.errors import UsageError


def function(code):
    space = {"np": np, "pd": pd}
    exec(code, space)
    return space["answer"]


@pytest.fixture
def book(a_class):
    folder, _ = a_class("two-hours")
    return open_book(folder / HAND_OUT / "team-01")


@pytest.mark.parametrize("name", exercises())
def test_a_model_answer_beats_the_start_and_says_what_is_missed(name, book, capsys):
    exercise = exercises()[name]
    begun = book.check(name, function(exercise.start))
    model = book.check(name, function(exercise.model))
    assert begun.share <= 0.1
    assert model.share >= begun.share + 0.1
    said = capsys.readouterr().out
    assert all(line in said for line in (*begun.said, *model.said))
    kept = json.loads((book.folder / "hand-in" / "answers.json").read_text())
    assert set(kept[name]) == ({"practice"} if exercise.with_truth else {"log-1"})


def test_what_is_missed_is_named_by_campaign_and_population(book):
    everybody = book.check("rule", lambda log: log.accounts()["account"])
    assert everybody.share == 0
    assert any("legitimate accounts accused, by population: casual" in s for s in everybody.said)
    nobody = book.check("rule", lambda log: [])
    assert any(s.startswith("Missed, by campaign: hydra ") for s in nobody.said)
    [truth] = [book.truth.loc[book.truth["campaign"].notna(), "account"]]
    assert book.check("rule", lambda log: truth if log is book.practice else []).share == 1


def test_hints_come_in_order_and_are_kept(book):
    first = book.hint("rule")
    assert first.startswith("Hint 1 of 3 (costs 10%): How many accounts used each card")
    assert book.hint("rule").startswith("Hint 2")
    assert book.hints_opened() == {"rule": 2}
    book.hint("rule")
    assert "no more hints" in book.hint("rule")
    assert book.hints_opened() == {"rule": 3}


@pytest.mark.parametrize(
    ("answer", "form", "said"),
    [
        ({"a": 1}, "scores", "is no account id"),
        ([1.5], "accounts", "is no account id"),
        ({1: float("nan")}, "scores", "NaN"),
        ("17", "accounts", "give accounts"),
        ([1, 2], "groups", "a dict or a series"),
        (3, "values", "give a dict"),
    ],
)
def test_an_answer_of_another_form_is_refused(answer, form, said):
    with pytest.raises(AnswerError, match=said):
        as_json(answer, form)


def test_an_answer_about_other_accounts_is_refused(book):
    with pytest.raises(
        AnswerError, match="names 1 account that this log does not have, such as 1:"
    ):
        book.check("rule", lambda log: [1])
    with pytest.raises(UsageError, match="no exercise 'ruel'"):
        book.check("ruel", lambda log: [])


def test_a_folder_that_is_no_teams_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"no folder of a team \(no team.json\)"):
        open_book(tmp_path)


@pytest.mark.parametrize("name", packs())
def test_both_forms_of_the_book_run_as_they_are_handed_out(name, a_class, monkeypatch):
    pytest.importorskip("marimo")
    folder, _ = a_class(name)
    monkeypatch.chdir(folder / HAND_OUT / "team-02")
    made = open_book()
    space = runpy.run_path("exercises.py", run_name="book")
    _, given = space["app"].run()
    assert given["book"].team == "team-02"
    assert (made.folder / "team-02.zip").stat().st_size > 400
    asked = set(json.loads((made.folder / "hand-in" / "answers.json").read_text()))
    assert asked == set(packs()[name].exercises)
    (made.folder / "team-02.zip").unlink()
    space = {}
    for cell in json.loads((made.folder / "exercises.ipynb").read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), space)
    assert (made.folder / "team-02.zip").is_file()


@pytest.mark.parametrize("name", packs())
def test_both_forms_hold_the_same(name):
    pack = packs()[name]
    sources = [cell.source for cell in cells(pack)]
    notebook = json.loads(as_jupyter(pack))
    assert ["".join(c["source"]) for c in notebook["cells"]] == sources
    assert len({c["id"] for c in notebook["cells"]}) == len(sources)
    assert as_marimo(pack).count("@app.cell") == len(sources) + 1
