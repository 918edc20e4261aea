import json
import os
import subprocess
import sys

import pytest

from shamcrowd.recording.atomic import (
    begin_folder,
    new_file,
    new_folder,
    partial_path,
    publish,
    remove,
    write_bytes,
    write_json,
    write_text,
)
from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.output import OutputError

DIES = """
import os, pathlib
from shamcrowd.recording.atomic import {what}
with {what}(pathlib.Path({path!r})) as aside:
    (aside if {file} else aside / "one").write_text("half")
    os._exit(9)
"""


def half_written(path, error):
    with new_file(path) as aside:
        aside.write_text("half")
        raise error


def half_filled(path, error):
    with new_folder(path) as aside:
        (aside / "one").write_text("half")
        raise error


def test_writes_and_replaces(tmp_path):
    path = tmp_path / "new" / "a.txt"
    write_text(path, "é\n")
    write_bytes(path.with_name("b"), b"\0\xff")
    write_json(path.with_name("c.json"), {"b": 1, "a": [2]})
    assert path.read_bytes() == "é\n".encode()
    assert path.with_name("b").read_bytes() == b"\0\xff"
    text = path.with_name("c.json").read_text()
    assert (json.loads(text), text.index('"a"') < text.index('"b"')) == ({"a": [2], "b": 1}, True)
    write_text(path, "other")
    assert path.read_text() == "other"
    assert sorted(p.name for p in path.parent.iterdir()) == ["a.txt", "b", "c.json"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_error_leaves_the_old_file_and_no_other(tmp_path, error):
    path = tmp_path / "a.txt"
    write_text(path, "old")
    with pytest.raises(error):
        half_written(path, error())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_error_leaves_the_old_folder_and_no_other(tmp_path):
    path = tmp_path / "a"
    with new_folder(path) as aside:
        (aside / "one").write_text("old")
    with pytest.raises(ValueError, match="no"):
        half_filled(path, ValueError("no"))
    assert (path / "one").read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("what", ["new_file", "new_folder"])
def test_a_process_that_dies_in_the_middle_leaves_the_old_version(tmp_path, what):
    path, file = tmp_path / "a", what == "new_file"
    held = path if file else path / "one"
    held.parent.mkdir(exist_ok=True)
    held.write_text("old")
    code = DIES.format(what=what, path=str(path), file=file)
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert held.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == [path, partial_path(path)]
    with (new_file if file else new_folder)(path) as aside:
        assert file or not list(aside.iterdir()), "nothing is left of the attempt that died"
        (aside if file else aside / "one").write_text("new")
    assert held.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_may_be_finished_by_somebody_else(tmp_path):
    path = tmp_path / "deep" / "a"
    (begin_folder(path) / "one").write_text("1")
    assert not path.exists()
    publish(path)
    assert [p.name for p in path.parent.rglob("*")] == ["a", "one"]


def test_what_cannot_be_written_says_where_and_how_to_mend_it(tmp_path):
    (tmp_path / "file").write_text("")
    path = tmp_path / "file" / "a.txt"
    for write in (lambda: write_text(path, "x"), lambda: begin_folder(path)):
        with pytest.raises(UsageError, match=r"a\.txt: cannot be written \(.+\); .*choose another"):
            write()
    with pytest.raises(UsageError, match="cannot be written"):
        publish(tmp_path / "never-begun")
    assert (tmp_path / "file").read_text() == ""


def test_a_full_disk_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.txt"
    write_text(path, "old")
    with pytest.raises(UsageError, match="No space left"):
        half_written(path, OSError(28, "No space left on device"))
    assert (path.read_text(), list(tmp_path.iterdir())) == ("old", [path])


def test_removes_a_link_but_not_what_it_points_to(tmp_path):
    (tmp_path / "held").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "held")
    remove(tmp_path / "link")
    remove(tmp_path / "not there")
    assert list(tmp_path.iterdir()) == [tmp_path / "held"]


@pytest.mark.parametrize("kind", ["folder", "pipe", "link to a device"])
def test_only_a_file_is_replaced_by_a_file(tmp_path, kind):
    """Run by root, a rename would put a file in the place of /dev/null, for everyone."""
    path = tmp_path / "a"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(os.devnull)
    before = path.lstat()
    with pytest.raises(OutputError, match=r"a: is a (folder|device or pipe), not a file"):
        write_text(path, "x")
    assert path.lstat() == before
    assert list(tmp_path.iterdir()) == [path]


def test_only_a_folder_is_replaced_by_a_folder(tmp_path):
    path = tmp_path / "a"
    os.mkfifo(path)
    with pytest.raises(OutputError, match="is not a folder"):
        begin_folder(path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_folder(tmp_path):
    path = tmp_path / "a"
    with new_folder(path) as aside:
        (aside / "one").write_text("old")
    with pytest.raises(OutputError, match="No space left"):
        half_filled(path, OSError(28, "No space left on device"))
    assert (path / "one").read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
