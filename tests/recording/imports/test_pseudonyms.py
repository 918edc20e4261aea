"""Ids are unique, stable under one key, and unlike under another."""

from __future__ import annotations

import stat
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.imports import pseudonyms
from shamcrowd.recording.imports.pseudonyms import IDS, keyed_ids, read_key

KEY = b"k" * 32


@given(st.lists(st.text(max_size=5), unique=True, max_size=12))
def test_ids_are_unique_and_do_not_hang_on_the_order_of_names(names: list[str]) -> None:
    ids = keyed_ids(KEY, "account", names)
    assert len(set(ids.tolist())) == len(names)
    assert ((ids >= 1) & (ids <= IDS)).all()
    back = keyed_ids(KEY, "account", names[::-1])
    np.testing.assert_array_equal(back[::-1], ids)


@given(st.lists(st.integers(), unique=True, min_size=5, max_size=9))
def test_names_that_collide_get_other_ids_whatever_their_order(names: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pseudonyms, "IDS", 9)
        said = [str(name) for name in names]
        ids = keyed_ids(KEY, "account", said)
        assert len(set(ids.tolist())) == len(names)
        assert ((ids >= 1) & (ids <= 9)).all()
        np.testing.assert_array_equal(keyed_ids(KEY, "account", said[::-1])[::-1], ids)


def test_other_keys_and_kinds_give_other_ids() -> None:
    names = [f"u{i}" for i in range(100)]
    ids = set(keyed_ids(KEY, "account", names).tolist())
    assert not ids & set(keyed_ids(b"c" * 32, "account", names).tolist())
    assert not ids & set(keyed_ids(KEY, "address", names).tolist())


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    key = read_key(path)
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_key(path) == key
    assert read_key(tmp_path / "other") != key


@pytest.mark.parametrize("held", [b"", b"abc", b"zz" * 32, b"00" * 31, b"\xff" * 64, b"00" * 33])
def test_a_file_that_holds_no_key_is_refused_and_kept(held: bytes, tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(held)
    with pytest.raises(UsageError, match="holds no key"):
        read_key(path)
    assert path.read_bytes() == held


def test_a_key_that_cannot_be_kept(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no key can be kept there"):
        read_key(tmp_path / "nowhere" / "key")
