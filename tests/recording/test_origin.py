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


@pytest.mark.parametrize(
    ("name", "counts"),
    [("data.csv", True), ("kits/mine.yaml", True), ("__pycache__/part.cpython-311.pyc", False),
     (".part.py.swp", False), (".cache/x.py", False)],
)  # fmt: skip
def test_data_files_count_too(tmp_path, monkeypatch, name, counts):
    path = tmp_path / "otherpackage" / name
    path.parent.mkdir(parents=True)
    (tmp_path / "otherpackage/__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    seen = []
    for text in ("a", "b"):
        path.write_text(text)
        source_digest.cache_clear()
        seen.append(source_digest("otherpackage"))
    source_digest.cache_clear()
    assert (seen[0] != seen[1]) == counts
