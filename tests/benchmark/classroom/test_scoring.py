import json
import os
import shutil
import zipfile

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.classroom.board_page import board_page, first_sentence
from shamcrowd.benchmark.classroom.book import open_book
from shamcrowd.benchmark.classroom.copied import copies
from shamcrowd.benchmark.classroom.exercises.registry import exercises
from shamcrowd.benchmark.classroom.packs.base import packs
from shamcrowd.benchmark.classroom.records import HAND_OUT, SUBMISSIONS, ClassKey
from shamcrowd.benchmark.classroom.scoring import score_class
from shamcrowd.benchmark.classroom.starters import DETECTOR_START
from shamcrowd.benchmark.execution.seal import seal
from shamcrowd.recording.errors import UsageError

THIEF = """
import numpy as np
from shamcrowd import Findings

class Thief:
    def review(self, log):
        for path in ({paths}):
            try:
                open(path).read()
            except OSError:
                pass
        accounts = log.accounts(["account"])["account"].to_numpy()
        return Findings(accounts, np.zeros(len(accounts)))
"""
CALLER = """
import socket
import numpy as np
from shamcrowd import Findings

class Caller:
    def review(self, log):
        try:
            socket.create_connection(("192.0.2.1", 80), 1)
        except OSError:
            pass
        accounts = log.accounts(["account"])["account"].to_numpy()
        return Findings(accounts, np.zeros(len(accounts)))
"""
STRATEGY = """
class Quick:
    def decide(self, state):
        lost = len(state["losses"])
        return [{"do": "replace", "accounts": 2 * lost, "hours": [0, 1]},
                {"do": "rotate", "kind": "device"}, {"do": "rotate", "kind": "card"}]
"""


def model(name):
    space = {"np": np, "pd": pd}
    exec(exercises()[name].model, space)
    return space["answer"]


def play(folder, team, pack, model_of=True):
    """A team goes through the book and hands in."""
    book = open_book(folder / HAND_OUT / team)
    for name in packs()[pack].exercises:
        space = {"np": np, "pd": pd}
        exec(exercises()[name].start, space)
        book.check(name, model(name) if model_of else space["answer"])
    return book


def hand_in(folder, book):
    shutil.copy(book.hand_in(), folder / SUBMISSIONS)


def row(board, team):
    [one] = [row for row in board.rows if row.team == team]
    return one


def test_the_first_hour_is_played_through(a_class):
    folder, key = a_class("first-hour")
    hand_in(folder, play(folder, "team-01", "first-hour"))
    hand_in(folder, play(folder, "team-02", "first-hour", model_of=False))
    hinted = play(folder, "team-03", "first-hour")
    hinted.hint("look")
    hinted.hint("look")
    hand_in(folder, hinted)
    board = score_class(folder / SUBMISSIONS, key)
    good, bad, third = (row(board, f"team-0{n}") for n in (1, 2, 3))
    assert board.rows[-1] == bad
    assert bad.public == 0
    assert good.public > 40
    assert good.private is None
    assert good.earned["look"]["points"][0] == 20
    # Two hints, of a tenth and three tenths.
    assert third.earned["look"]["points"][0] == pytest.approx(12)
    assert third.earned["look"]["hints"] == pytest.approx(8)
    assert all(one.notes == () for one in board.rows)
    page = board_page(board)
    assert "public points" in page
    assert "−8.0" in page
    final = score_class(folder / SUBMISSIONS, key, final=True)
    assert row(final, "team-01").private > 30
    # The halves are of other accounts.
    assert row(final, "team-01").private != row(final, "team-01").public


def test_two_hours_are_played_through_with_code(a_class):
    folder, key = a_class("two-hours")
    good = play(folder, "team-01", "two-hours")
    good.write_findings(model("features")(good.log()))
    code = "import numpy as np\nimport pandas as pd\nfrom shamcrowd import Findings\n\n"
    code += exercises()["features"].model + "\n\n\nclass Mine:\n    def review(self, log):\n"
    code += "        score = answer(log)\n        return Findings(score.index.to_numpy(), "
    code += "score.to_numpy())\n"
    (good.folder / "detector.py").write_text(code)
    hand_in(folder, good)
    thief = open_book(folder / HAND_OUT / "team-02")
    paths = [key.folder / "class.secret", key.world("team-02", "log-1") / "truth/accounts.parquet"]
    (thief.folder / "detector.py").write_text(
        THIEF.format(paths=f"{', '.join(map(repr, map(str, paths)))},")
    )
    hand_in(folder, thief)
    caller = open_book(folder / HAND_OUT / "team-03")
    (caller.folder / "detector.py").write_text(CALLER)
    hand_in(folder, caller)
    board = score_class(folder / SUBMISSIONS, key, workers=2)
    first = row(board, "team-01")
    assert board.rows[0] == first
    assert first.notes == ()
    assert first.earned["findings"]["points"][0] > 1
    assert first.earned["detector"]["points"][0] > 1
    # It failed at nothing, and was seen to try.
    assert not [p for p in paths if not p.exists()]
    [note] = row(board, "team-02").notes
    assert note.startswith("refused: detector.py reached for ")
    assert "class.secret" in note
    assert row(board, "team-03").notes == (
        "refused: detector.py reached for the network; its code gets no points",
    )
    assert row(board, "team-02").earned["detector"]["points"][0] == 0
    assert board.seal == seal().line
    page = board_page(board)
    assert "To be mended" in page
    assert "legitimate accounts accused" not in page


def test_half_a_day_is_played_through(a_class):
    folder, key = a_class("half-a-day")
    defender = play(folder, "team-01", "half-a-day")
    (defender.folder / "strategy.py").unlink()
    hand_in(folder, defender)
    attacker = open_book(folder / HAND_OUT / "team-02")
    (attacker.folder / "detector.py").unlink()
    (attacker.folder / "strategy.py").write_text(STRATEGY)
    hand_in(folder, attacker)
    board = score_class(folder / SUBMISSIONS, key, workers=2)
    assert {(m.defender, m.attacker) for m in board.matches} == {
        ("team-01", "the house"), ("team-01", "team-02"), ("the house", "team-02"),
    }  # fmt: skip
    assert not [m.defender_failed for m in board.matches if m.defender_failed]
    assert all(0 <= m.held <= 1 and 0 <= m.hurt < 0.2 for m in board.matches)
    assert all(m.dollars > 0 for m in board.matches)
    assert row(board, "team-02").earned["race"]["points"][0] > 1
    assert "detector.py is the one to begin with, unchanged" in row(board, "team-01").notes
    assert "Arms race" in board_page(board)


def test_what_is_wrong_with_a_hand_in_is_named(a_class, tmp_path):
    folder, key = a_class("two-hours")
    submissions = folder / SUBMISSIONS
    one = open_book(folder / HAND_OUT / "team-01")
    one.check("links", model("links"))
    one.hint("links")
    path = one.hand_in()
    kept = one.folder / "hand-in"
    shutil.copytree(kept, submissions / "team-01")
    hints = json.loads((kept / "hints.json").read_text())
    hints["opened"] = {}
    (submissions / "team-01" / "hints.json").write_text(json.dumps(hints))
    (submissions / "team-01" / "findings-log-1.csv").write_text("account,score\n5,1\n5,2\n")
    (submissions / "team-01" / "findings-log-9.csv").write_text("account,score\n5,1\n")
    (submissions / "team-02.zip").write_bytes(path.read_bytes())
    with zipfile.ZipFile(submissions / "team-03.zip", "w") as packed:
        packed.writestr("../../teacher/class.json", "{}")
    (submissions / "notes.txt").write_text("hello")
    board = score_class(submissions, key)
    notes = " | ".join(row(board, "team-01").notes)
    assert "hints.json was edited: all hints count as opened" in notes
    assert "findings-log-1.csv, line 3: account 5 is there twice" in notes
    assert "findings on log-9: there is no such log" in notes
    # Half of the points are what all hints of that exercise cost.
    links = row(board, "team-01").earned["links"]
    assert links["points"][0] == pytest.approx(links["share"][0] * 20 * 0.5)
    assert row(board, "team-02").notes == ("malformed: it is team-01's, by its team.json",)
    [note] = row(board, "team-03").notes
    assert "is in a folder; pack files alone" in note
    assert json.loads((key.folder / "class.json").read_text())["pack"] == "two-hours"
    assert board.notes == (
        "notes.txt: is no hand-in of a team; call it by the team, as team-01.zip",
    )


def test_findings_about_another_teams_log_are_named(a_class):
    folder, key = a_class("two-hours")
    for team in ("team-01", "team-02"):
        book = open_book(folder / HAND_OUT / team)
        source = open_book(folder / HAND_OUT / "team-01")
        book.write_findings(pd.Series(1.0, source.log().accounts()["account"]))
        (book.folder / "detector.py").unlink()
        hand_in(folder, book)
    board = score_class(folder / SUBMISSIONS, key)
    [note] = row(board, "team-02").notes
    assert note.endswith("They are about the log of team-01: copied.")
    assert row(board, "team-01").notes == ()


def test_late_hand_ins_are_named_and_get_nothing_unless_accepted(a_class):
    folder, key = a_class("first-hour")
    late = ClassKey(
        key.folder, type(key.record)(**{**vars(key.record), "deadline": 1_000_000}), key.secret
    )
    book = open_book(folder / HAND_OUT / "team-01")
    book.check("look", model("look"))
    hand_in(folder, book)
    path = folder / SUBMISSIONS / "team-01.zip"
    board = score_class(folder / SUBMISSIONS, late)
    assert row(board, "team-01").public == 0
    assert row(board, "team-01").notes[0].startswith("late: it came at ")
    assert row(score_class(folder / SUBMISSIONS, late, accept_late=True), "team-01").public == 20
    # At the deadline it is in time; what was seen to come says more than a file's own time.
    os.utime(path, (1000, 1000))
    assert row(score_class(folder / SUBMISSIONS, late), "team-01").notes == ()
    seen = {"team-01.zip": 1_000_001}
    assert row(score_class(folder / SUBMISSIONS, late, arrivals=seen), "team-01").notes


def test_copies_are_found_under_other_names():
    one = DETECTOR_START.replace("        return", "\n".join(
        f"        score = score + {n} * (accounts['account'] % {n + 2})" for n in range(12)
    ) + "\n        return")  # fmt: skip
    other = one.replace("score", "rank").replace("accounts =", "accounts  =")
    own = DETECTOR_START.replace("        return", "\n".join(
        f"        if accounts.size > {n}: score.loc[score > {n}] *= {n}.5" for n in range(12)
    ) + "\n        return")  # fmt: skip
    found = copies({"a": one, "b": other, "c": own, "d": DETECTOR_START, "e": DETECTOR_START},
                   DETECTOR_START)  # fmt: skip
    assert found["a"] == ["b"]
    assert "d" not in found
    assert "e" not in found


def test_nobody_leads_with_nothing(a_class):
    folder, key = a_class("first-hour")
    board = score_class(folder / SUBMISSIONS, key)
    assert first_sentence(board) == "Nobody has handed in yet."
    book = open_book(folder / HAND_OUT / "team-02")
    book.check("look", lambda log: [])
    hand_in(folder, book)
    board = score_class(folder / SUBMISSIONS, key)
    assert first_sentence(board) == "1 team of 3 handed in; nobody has points yet."


def test_a_folder_that_is_no_key_is_named(tmp_path):
    with pytest.raises(UsageError, match="no key of a class"):
        ClassKey.open(tmp_path)
