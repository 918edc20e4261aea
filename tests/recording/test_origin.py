"""The digest of source code."""

import pytest

from shamcrowd.recording.origin import source_digest


def test_tells_code_apart(tmp_path, monkeypatch):
    package = tmp_path / "somepackage"
    package.mkdir()
    (package / "__init__.py").write_text("x = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    before = source_digest("somepackage")
    source_digest.cache_clear()
    (package / "__init__.py").write_text("x = 2\n")
    assert source_digest("somepackage") != before


def test_unknown_package():
    with pytest.raises(ModuleNotFoundError):
        source_digest("no_such_package_here")
