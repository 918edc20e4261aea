"""From `class new` to the board where there is no network: see `made` for the first step."""

import shutil
import sys

import pytest

from shamcrowd.benchmark.classroom.book import open_book
from shamcrowd.benchmark.classroom.exercises.registry import exercises
from shamcrowd.benchmark.classroom.records import HAND_OUT, SUBMISSIONS, TEACHER
from tests.benchmark.classroom.conftest import NO_NETWORK, shamcrowd


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
def test_there_is_a_place_without_a_network_here():
    if not NO_NETWORK:
        pytest.skip("no network namespace may be made here")


def test_from_the_hand_out_to_the_board(a_class):
    folder, key = a_class("first-hour")
    book = open_book(folder / HAND_OUT / "team-01")
    space = {}
    exec(exercises()["look"].model, space)
    book.check("look", space["answer"])
    shutil.copy(book.hand_in(), folder / SUBMISSIONS)
    done = shamcrowd("class", "score", folder / SUBMISSIONS, "--key", folder / TEACHER)
    assert done.returncode == 0, done.stderr
    assert "1 team of 3 handed in; team-01 leads with 20.0 of 100 points." in done.stdout
    assert "team-01 leads" in (key.folder / "board.html").read_text("utf-8")
    assert all(len(line) <= 80 for line in done.stdout.splitlines() if not line.startswith("Next"))
    again = shamcrowd("class", "score", folder / "nothing", "--key", folder / TEACHER)
    assert again.returncode == 2
    assert "no folder of hand-ins" in again.stderr
