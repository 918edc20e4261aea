"""A judge's secret: drawn once, kept by its owner, and told by nothing."""

from __future__ import annotations

import os
import pickle
import re

import numpy as np
import pytest

from shamcrowd.recording.errors import UsageError
from shamcrowd.simulator.core.handles import SECRET_PASSES, Ids
from shamcrowd.simulator.core.secret import HEAD, Secret
from shamcrowd.simulator.core.streams import Streams


@pytest.fixture
def secret(tmp_path):
    return Secret.draw(tmp_path / "a.secret")


def test_it_is_drawn_once_and_read_again(secret):
    assert Secret.read(secret.path) == secret
    assert len(secret.value) == 32
    assert secret.path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(UsageError, match="is there already"):
        Secret.draw(secret.path)
    assert Secret.read(secret.path) == secret


def test_two_are_different(secret, tmp_path):
    other = Secret.draw(tmp_path / "b")
    assert other.value != secret.value
    assert other.hash != secret.hash
    assert re.fullmatch("[0-9a-f]{64}", secret.hash)


def test_nothing_shows_it(secret):
    for shown in (repr(secret), str(secret), secret.hash, repr(Streams(1, "w", secret))):
        assert secret.value.hex() not in shown
        assert repr(secret.value)[2:-1] not in shown
    assert pickle.loads(pickle.dumps(secret)) == secret


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no secret"),
        ("password", "holds no secret"),
        (f"{HEAD}\n" + "0a" * 31 + "\n", "holds no secret"),
        (f"{HEAD}\n" + "0a" * 33 + "\n", "holds no secret"),
        (f"{HEAD}\n" + "0A1b" * 16 + "\n", "holds no secret"),
        (f"{HEAD}\n" + bytes(range(32)).hex() + "\nmore\n", "holds no secret"),
        ("shamcrowd secret 2\n" + bytes(range(32)).hex() + "\n", "holds no secret"),
        (f"{HEAD}\n" + "00" * 32 + "\n", "was not drawn"),
        (f"{HEAD}\n" + (bytes(range(15)) * 3)[:32].hex() + "\n", "was not drawn"),
        ("x" * 10_000_000, "holds no secret"),
        ("\udcff\udcfe", "holds no secret"),
    ],
)
def test_what_is_no_secret_is_refused(tmp_path, text, says):
    path = tmp_path / "s"
    path.write_text(text, "utf-8", errors="surrogateescape")
    path.chmod(0o600)
    with pytest.raises(UsageError, match=says) as refused:
        Secret.read(path)
    assert len(str(refused.value)) < 300


def test_sixteen_different_bytes_are_enough(tmp_path):
    path = tmp_path / "s"
    path.write_text(f"{HEAD}\n" + (bytes(range(16)) * 2).hex() + "\n")
    path.chmod(0o600)
    assert Secret.read(path).value == bytes(range(16)) * 2


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no modes of files")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o610])
def test_one_that_others_may_read_is_refused(secret, mode):
    secret.path.chmod(mode)
    with pytest.raises(UsageError, match=f"others may read or write the secret .mode {mode:o}"):
        Secret.read(secret.path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid(), reason="needs to be root")
def test_one_of_another_user_is_refused(secret):
    os.chown(secret.path, 65534, 65534)
    with pytest.raises(UsageError, match="belongs to another user"):
        Secret.read(secret.path)


def test_a_missing_one_a_folder_and_a_pipe_are_refused(tmp_path):
    with pytest.raises(UsageError, match="no secret here; draw one: shamcrowd secret"):
        Secret.read(tmp_path / "none")
    with pytest.raises(UsageError, match=r"cannot be read|is no file"):
        Secret.read(tmp_path)
    with pytest.raises(UsageError, match="cannot be written"):
        Secret.draw(tmp_path / "missing" / "s")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe", 0o600)
        with pytest.raises(UsageError, match="is no file"):
            Secret.read(tmp_path / "pipe")


def test_streams_are_others_with_it_and_the_same_with_the_same(secret, tmp_path):
    other = Secret.draw(tmp_path / "b")
    keys = {Streams(7, "w", which).key("x") for which in (None, secret, other)}
    assert len(keys) == 3
    again = Streams(7, "w", Secret.read(secret.path))
    assert again.key("x") == Streams(7, "w", secret).key("x")
    assert again("x", 3).integers(2**60) == Streams(7, "w", secret)("x", 3).integers(2**60)


def test_ids_are_others_and_a_bijection_still(secret):
    handles = np.arange(100_000)
    open_ids, ids = (Ids(Streams(7, "w", which), "account") for which in (None, secret))
    assert len(np.unique(ids(handles))) == len(handles)
    assert (ids(handles) >= 0).all()
    assert np.isin(ids(handles[:1000]), open_ids(handles[:1000])).sum() < 10
    assert len(ids._passes) == SECRET_PASSES
    assert len(open_ids._passes) == 1
