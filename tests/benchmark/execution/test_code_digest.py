"""What findings hang on: all that a detector uses, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from shamcrowd.benchmark.execution import code_digest as digest
from shamcrowd.benchmark.execution.code_digest import detector_digest, imported
from shamcrowd.detectors.registry import detector_names, load_detector


@pytest.fixture
def digests(monkeypatch):
    """Digests of shipped detectors, as if some files held other code."""

    def now(*names, changed=()):
        read = Path.read_bytes
        monkeypatch.setattr(
            Path, "read_bytes", lambda p: read(p) + b"#" * p.as_posix().endswith(tuple(changed))
        )
        digest._house_digest.cache_clear()
        digest.source_digest.cache_clear()
        return {name: detector_digest(load_detector(name)) for name in names}

    yield now
    monkeypatch.undo()
    digest._house_digest.cache_clear()
    digest.source_digest.cache_clear()


def test_a_changed_detector_is_all_that_is_asked_again(digests):
    names = [*detector_names()]
    before = digests(*names)
    after = digests(*names, changed=["detectors/graph/fraudar.py"])
    # Fusion asks others by name.
    assert {n for n in names if before[n] != after[n]} == {"fraudar", "fusion"}


@pytest.mark.parametrize(
    ("file", "moved", "unmoved"),
    [
        ("detectors/linking/links.py", "shared-resources", "velocity"),
        ("detectors/features/sums.py", "isolation-forest", "velocity"),
        ("detectors/features/sums.py", "boosted-trees", "prada"),
        ("recording/view.py", "velocity", None),
    ],
)
def test_what_is_used_from_afar_counts(digests, file, moved, unmoved):
    names = [name for name in (moved, unmoved) if name]
    before, after = digests(*names), digests(*names, changed=[file])
    assert before[moved] != after[moved]
    assert unmoved is None or before[unmoved] == after[unmoved]


def test_of_a_stranger_nothing_is_known_so_everything_counts(digests, tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("class Mine:\n    pass\n")
    digests()
    before = detector_digest(path)
    digests(changed=["detectors/graph/fraudar.py"])
    assert detector_digest(path) != before


def test_every_module_that_a_shipped_detector_loads_is_counted(tmp_path):
    """Checked against what Python says was imported, in a process that loads one detector."""
    import subprocess
    import sys

    code = (
        "import sys, importlib; importlib.import_module(sys.argv[1]);"
        "print(*(m for m in sys.modules if m.startswith('detectors.')))"
    )
    for name in ("boosted-neighbours", "fraudar", "template-clusters", "half-space-trees"):
        module = load_detector(name).__module__
        done = subprocess.run(
            [sys.executable, "-c", code, module], capture_output=True, text=True, check=True
        )
        packages = {m.rpartition(".")[0] for m in done.stdout.split()}
        assert set(done.stdout.split()) - packages <= set(imported(module))
