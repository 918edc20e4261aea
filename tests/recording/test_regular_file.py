"""Only regular files of bounded size are read, and nothing else is waited for."""

import os
import socket
from pathlib import Path

import pytest

from shamcrowd.recording.errors import UnreadableError
from shamcrowd.recording.regular_file import read_bounded

MOST = 100


def refusal(path):
    with pytest.raises(UnreadableError) as caught:
        read_bounded(path, MOST)
    assert caught.value.exit_code == 2
    assert str(caught.value) == f"{path}: {caught.value.what}; {caught.value.mend}"
    return caught.value.what


def test_a_file_of_the_limit_and_one_byte_more(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"x" * MOST)
    assert read_bounded(path, MOST) == b"x" * MOST
    path.write_bytes(b"x" * (MOST + 1))
    assert refusal(path) == "has 101 bytes, more than the limit of 100"


def test_a_link_to_a_file_is_read(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").symlink_to("a")
    assert read_bounded(tmp_path / "b", MOST) == b"x"


def test_a_pipe_without_a_writer_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == "is a pipe, not a file"


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/full"])
def test_devices(tmp_path, device):
    (tmp_path / "a").symlink_to(device)
    assert refusal(tmp_path / "a") == "is a device, not a file"


def test_a_socket(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as held:
        held.bind("s")
        assert refusal(Path("s")).startswith("cannot be read")


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="no /proc")
def test_a_file_that_says_it_is_empty_and_is_not():
    assert "more than the limit" in refusal(Path("/proc/self/smaps"))


def test_what_is_not_there_or_no_file(tmp_path):
    assert refusal(tmp_path) == "is a folder, not a file"
    assert "No such file" in refusal(tmp_path / "none")
    assert "null" in refusal(Path("a\0b"))
    assert "too long" in refusal(tmp_path / ("a" * 300))
    (tmp_path / "loop").symlink_to("loop")
    assert "symbolic links" in refusal(tmp_path / "loop")
