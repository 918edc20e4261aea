"""The wheel and the sdist: what is in them, and how they live beside packages of the same names."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("benchmark", "detectors", "recording", "scenarios", "simulator")
PLUGIN_TEST = "def test_the_fixture(arena):\n    assert arena\n"
WHERE = """
import importlib, json
names = {names!r}
print(json.dumps({{name: importlib.import_module(name).__file__ for name in names}}))
"""


def run(*command, cwd, env=None, check=True):
    """The finished process; a failure shows what it printed."""
    done = subprocess.run([str(c) for c in command], cwd=cwd, env=env, check=False,
                          capture_output=True, text=True, timeout=120)  # fmt: skip
    if check:
        assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with the wheel and the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-d", folder, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    return next(built.glob("*.whl"))


@dataclass
class Environment:
    """A virtual environment that finds the dependencies of this one, but not this checkout."""

    folder: Path

    @classmethod
    def made(cls, folder):
        run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
        made = cls(folder)
        libraries = [p for p in sys.path if p.endswith("site-packages")]
        (made.site / "dependencies.pth").write_text("\n".join(libraries) + "\n")
        return made

    @property
    def bin(self):
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self):
        return self.bin / "python"

    @property
    def site(self):
        if os.name == "nt":
            return self.folder / "Lib" / "site-packages"
        return next((self.folder / "lib").glob("python*/site-packages"))

    def pip(self, *words):
        run(sys.executable, "-m", "pip", "--python", self.python, *words, cwd=self.folder)

    def install(self, *words):
        self.pip("install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", *words)

    def where(self, *names, cwd):
        """File of each module, imported in a process that starts in ``cwd``."""
        done = run(self.python, "-c", WHERE.format(names=names), cwd=cwd)
        return {name: Path(found) for name, found in json.loads(done.stdout).items()}


@pytest.fixture(scope="module")
def neighbours(tmp_path_factory):
    """A distribution whose packages are called as our folders are."""
    folder = tmp_path_factory.mktemp("neighbours")
    for name in FOLDERS:
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(f'"""Another {name}."""\n')
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        '[project]\nname = "neighbours"\nversion = "1"\n'
        f"[tool.hatch.build.targets.wheel]\npackages = {list(FOLDERS)}\n"
    )
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project with folders of our folders' names and a test that uses the pytest plug-in."""
    folder = tmp_path_factory.mktemp("project")
    for name in FOLDERS:
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(f'"""The project\'s own {name}."""\n')
    (folder / "test_mine.py").write_text(PLUGIN_TEST)
    return folder


def test_the_wheel_holds_one_package(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {n.split("/")[0] for n in names} == {
        "shamcrowd",
        f"{wheel.name.rsplit('-', 3)[0]}.dist-info",
    }
    inside = {n.removeprefix("shamcrowd/") for n in names}
    tracked = run("git", "ls-files", *FOLDERS, cwd=ROOT).stdout.split()
    assert set(tracked) <= inside
    assert {"__init__.py", "py.typed"} <= inside


def test_a_wheel_from_the_sdist_is_the_same(built, wheel, tmp_path):
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=unpacked)
    (again,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(again) as other:
        assert {i.filename: i.CRC for i in one.infolist()} == {
            i.filename: i.CRC for i in other.infolist()
        }


def test_twine_accepts_both(built):
    run(sys.executable, "-m", "twine", "check", "--strict", *sorted(built.iterdir()), cwd=ROOT)


@pytest.fixture(scope="module", params=["wheel", "editable"])
def environment(request, tmp_path_factory, built, wheel, neighbours):
    """shamcrowd and its neighbours in one environment."""
    made = Environment.made(tmp_path_factory.mktemp(request.param) / "env")
    made.install(neighbours)
    made.install(*(["--editable", ROOT] if request.param == "editable" else [wheel]))
    return made


def test_neighbours_are_left_alone(environment, tmp_path):
    found = environment.where(*FOLDERS, *(f"shamcrowd.{n}" for n in FOLDERS), cwd=tmp_path)
    for name in FOLDERS:
        assert found[name].parent == environment.site / name
        assert found[f"shamcrowd.{name}"].parent != found[name].parent


def test_folders_of_a_project_are_left_alone(environment, project):
    found = environment.where(*FOLDERS, "shamcrowd.benchmark", cwd=project)
    for name in FOLDERS:
        assert found[name].parent == project / name
    assert project not in found["shamcrowd.benchmark"].parents


@pytest.mark.parametrize("words", [["list", "scenarios"], ["show", "quickstart-v2"], ["schema"]])
def test_commands_work(environment, project, words):
    assert run(environment.bin / "shamcrowd", *words, cwd=project).stdout


def test_the_pytest_plug_in_works_in_a_project(environment, project):
    done = run(environment.python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project)
    assert "1 passed" in done.stdout


def test_uninstalling_takes_only_its_own_files(wheel, neighbours, tmp_path):
    made = Environment.made(tmp_path / "env")
    made.install(neighbours, wheel)
    made.pip("uninstall", "--yes", "--quiet", "shamcrowd")
    assert not (made.site / "shamcrowd").exists()
    assert all((made.site / name / "__init__.py").is_file() for name in FOLDERS)


def test_a_checkout_without_links_works(tmp_path):
    """As an unpacked sdist is, or a checkout where the system makes no links."""
    home = tmp_path / "src" / "shamcrowd"
    home.mkdir(parents=True)
    (home / "__init__.py").write_bytes((ROOT / "src/shamcrowd/__init__.py").read_bytes())
    (home / "recording").write_text("../../recording")
    (tmp_path / "recording").symlink_to(ROOT / "recording", target_is_directory=True)
    code = "import shamcrowd.recording.view as v; print(v.__file__)"
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "src")}
    assert str(tmp_path) in run(sys.executable, "-c", code, cwd=tmp_path, env=env).stdout
