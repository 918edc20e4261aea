import subprocess
import sys
import zipfile
from importlib.metadata import distribution

import pytest

from shamcrowd.benchmark.classroom.wheelhouse import needed, write_wheel, write_wheelhouse
from shamcrowd.recording.errors import UsageError


def test_a_wheel_made_of_what_is_installed_can_be_installed(tmp_path):
    [wheel, other] = write_wheelhouse(tmp_path / "wheels", ["jinja2"])
    assert wheel.name.lower().startswith("jinja2-")
    assert other.name.lower().startswith("markupsafe-")
    order = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--find-links",
             str(tmp_path / "wheels"), "--target", str(tmp_path / "there"), "jinja2"]  # fmt: skip
    subprocess.run(order, check=True, timeout=300)
    code = "import jinja2; print(jinja2.Template('{{ 1 + 1 }}').render(), jinja2.__file__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          cwd=tmp_path / "there", timeout=60)  # fmt: skip
    assert done.stdout.startswith("2 ")
    assert str(tmp_path) in done.stdout


def test_the_wheel_of_shamcrowd_holds_its_code_and_data(tmp_path):
    wheel = write_wheel(distribution("shamcrowd"), tmp_path)
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
        listed = packed.read(next(n for n in names if n.endswith("RECORD"))).decode()
    assert {"shamcrowd/benchmark/classroom/templates/begin.html.j2",
            "shamcrowd/scenarios/quickstart-v2.yaml", "shamcrowd/py.typed"} <= names  # fmt: skip
    assert not [n for n in names if "__pycache__" in n or "node_modules" in n]
    assert all(f"{name}," in listed for name in names)


def test_what_is_not_installed_is_named():
    with pytest.raises(UsageError, match="no-such-package: is not installed here"):
        needed(["no-such-package"])
