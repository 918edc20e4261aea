import shutil
import threading
import urllib.error
import urllib.request

import pytest

from shamcrowd.benchmark.classroom.book import open_book
from shamcrowd.benchmark.classroom.records import HAND_OUT, SUBMISSIONS
from shamcrowd.benchmark.classroom.watching import (
    Arrivals,
    BoardServer,
    state_of,
    watch,
)
from shamcrowd.benchmark.evaluation.listener import Listener
from shamcrowd.recording.errors import UsageError


def test_a_file_that_comes_is_scored_and_the_board_is_served(a_class):
    folder, key = a_class("first-hour")
    submissions, boards = folder / SUBMISSIONS, []
    server = BoardServer("127.0.0.1", 0)
    book = open_book(folder / HAND_OUT / "team-02")
    path = book.hand_in()
    came = threading.Event()

    def scored(board):
        boards.append(board)
        if len(boards) == 1:
            shutil.copy(path, submissions)
        came.set()

    try:
        watch(submissions, key, server, every=0, looks=5, workers=1, accept_late=False,
              listener=Listener(), scored=scored)  # fmt: skip
        url = f"http://127.0.0.1:{server.port}"
        with urllib.request.urlopen(url, timeout=10) as answer:
            page = answer.read().decode()
            assert answer.headers["Refresh"] == "10"
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{url}/../teacher/class.secret", timeout=10)
    finally:
        server.close()
    assert [sum(r.handed_in for r in b.rows) for b in boards] == [0, 1]
    assert "1 team of 3 handed in" in page
    assert (key.folder / "board.html").is_file()


def test_a_taken_port_is_named():
    server = BoardServer("127.0.0.1", 0)
    try:
        with pytest.raises(UsageError, match=f"--port {server.port}: cannot be served"):
            BoardServer("127.0.0.1", server.port)
    finally:
        server.close()


def test_a_file_came_when_it_was_first_seen_as_it_is(a_class):
    folder, key = a_class("first-hour")
    file = folder / SUBMISSIONS / "team-01.zip"
    file.write_bytes(b"one")
    assert Arrivals(key).of(state_of(file.parent)) == {}
    assert Arrivals(key).note(state_of(file.parent), 5) == {file.name: 5}
    assert Arrivals(key).note(state_of(file.parent), 9) == {file.name: 5}
    file.write_bytes(b"other")
    assert Arrivals(key).of(state_of(file.parent)) == {}
    assert Arrivals(key).note(state_of(file.parent), 9) == {file.name: 9}
