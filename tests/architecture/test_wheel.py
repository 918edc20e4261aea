"""It works from an installed wheel, outside the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = "import sys; from shamcrowd.benchmark.cli.entry import run; sys.exit(run(sys.argv[1:]))"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel's content, unpacked where nothing else is."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
                   cwd=ROOT, check=True, capture_output=True)  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_what_must_travel_is_in_it(installed):
    for name in ("scenarios/quickstart-v1.yaml", "scenarios/suites/core-v1.yaml",
                 "scenarios/responses/standard.yaml",
                 "benchmark/reports/templates/page.html.j2",
                 "benchmark/reports/templates/style.css", "py.typed"):  # fmt: skip
        assert (installed / "shamcrowd" / name).is_file(), name
    assert not (installed / "tests").exists()
    (points,) = installed.glob("*.dist-info/entry_points.txt")
    assert "shamcrowd = shamcrowd.benchmark.cli:main" in points.read_text()


@pytest.mark.parametrize("words", [["list", "scenarios"], ["show", "quickstart-v1"], ["schema"]])
def test_commands_work(installed, tmp_path, words):
    done = subprocess.run([sys.executable, "-c", RUN, *words], cwd=tmp_path, check=True,
                          env={**os.environ, "PYTHONPATH": str(installed)},
                          capture_output=True, text=True)  # fmt: skip
    assert done.stdout
    where = "import shamcrowd; print(shamcrowd.__file__)"
    found = subprocess.run([sys.executable, "-c", where], cwd=tmp_path, check=True, text=True,
                           env={**os.environ, "PYTHONPATH": str(installed)},
                           capture_output=True).stdout  # fmt: skip
    assert found.startswith(str(installed))
