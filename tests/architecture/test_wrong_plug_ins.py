"""A plug-in that is wrong is named with file, line and mend, and the others stay usable."""

from __future__ import annotations

import importlib
import importlib.metadata
from dataclasses import replace
from importlib.metadata import EntryPoint

import pytest

from shamcrowd.benchmark.plugin_kinds import KINDS
from shamcrowd.recording.errors import PluginError
from shamcrowd.recording.plugins.catalogue import PluginWarning, discover

METRICS = "from shamcrowd.benchmark.scoring.metrics.base import Metric\n"
CASUAL = "from shamcrowd.simulator.populations.casual import Casual\n"
VALUES = "value_best = value_all_flagged = value_none_flagged = 1.0"
GOOD = {
    "detectors": "class Good:\n    'Good.'\n    def review(self, log): ...\n",
    "metrics": f"{METRICS}class Good(Metric):\n    'Good.'\n    title = short = 'good'\n"
    f"    {VALUES}\n    def measure(self, findings):\n        return [0.5]\n",
    "populations": f"{CASUAL}class Good(Casual):\n    'Good.'\n",
    "tactics": "from shamcrowd.simulator.campaigns.tactics.hydra import Hydra\n"
    "class Good(Hydra):\n    'Good.'\n",
    "strategies": "from shamcrowd.simulator.campaigns.strategies.naive import Naive\n"
    "class Good(Naive):\n    'Good.'\n",
    "figures": "from shamcrowd.benchmark.closed_loop.figures.tokens_taken import TokensTaken\n"
    "class Good(TokensTaken):\n    'Good.'\n",
    "controls": "from shamcrowd.benchmark.evaluation.controls.oracle import Oracle\n"
    "class Good(Oracle):\n    'Good.'\n",
    "checks": "def check(loaded):\n    'Good.'\n    return []\n",
    "statistics": "STATISTICS = ()\n",
    "explanations": "from shamcrowd.benchmark.own_logs.explain.explanations.office import Office\n"
    "class Good(Office):\n    'Good.'\n",
}
"""A good one of each kind."""


def metric(body: str) -> str:
    return f"{METRICS}class Half(Metric):\n    'Half.'\n{body}"


MEASURE = "    def measure(self, findings):\n        return [0.5]\n"
NAMED = "    title = short = 'half'\n"
WRONG = [
    # The list of `wrong_plugins.sh`, and more of the kind: kind, text, line, what is said.
    ("detectors", "class A:\n    def review(self, log): ...\n", 1, "A has no docstring"),
    (
        "detectors",
        "class A:\n    'A.'\n    def review(self, log): ...\nclass B(A):\n    'B.'\n",
        4, "it holds 2 detectors: A (line 1) and B (line 4)",
    ),
    ("detectors", f"import nothing_here\n{GOOD['detectors']}", 1, "it imports nothing_here"),
    ("detectors", "class A:\n    'A.'\n     def review(self, log): ...\n", 3, "it is not Python"),
    ("detectors", "class A:\n    'A.'\n    review = 3\n", 1, "A is not a class with a method"),
    ("populations", f"{CASUAL}class A(Casual):\n    'A.'\nclass B(Casual):\n    'B.'\n", 4,
     "it holds 2 populations"),
    ("populations", f"{CASUAL}class Half(Casual):\n    pass\n", 2, "Half has no docstring"),
    ("populations", "class Half(:\n", 1, "it is not Python"),
    (
        "populations",
        "from shamcrowd.simulator.populations.base import Population\nclass Half(Population):\n"
        "    'Half.'\n    source = looks_like_abuse = 'assumed'\n    example = {'accounts': 3}\n"
        "    def usage_profiles(self): return ()\n",
        2, "Half has no method `set_up`",
    ),
    (
        "populations",
        "from shamcrowd.simulator.populations.base import Population\nclass Half(Population):\n"
        "    'Half.'\n    source = looks_like_abuse = 'assumed'\n"
        "    def usage_profiles(self): return ()\n"
        "    def set_up(self, enrolment, batch): ...\n",
        2, "Half has no class attribute `example`",
    ),
    ("populations", f"{CASUAL}class Half(Casual):\n    'Half.'\n    source = ''\n", 4,
     "Half.source is empty"),
    (
        "populations",
        "from shamcrowd.simulator.populations.casual import CHATT\n" + GOOD["populations"],
        1, "it imports shamcrowd.simulator.populations.casual.CHATT",
    ),
    ("populations", "from shamcrowd.simulator.populations.common import Nothing\n", 1, "imports"),
    ("populations", "class Loop(Loop):\n    'Loop.'\n", 1, "it holds no population"),
    ("tactics", "class Slow:\n    'Slow.'\n", 1, "it holds no tactic"),
    (
        "tactics",
        "from shamcrowd.simulator.campaigns.tactics.base import Tactic\nclass Slow(Tactic):\n"
        "    'Slow.'\n    source = 'assumed'\n    example = {}\n"
        "    def usage_profiles(self): return ()\n    def run(self, campaign): yield\n"
        "    def open_mor(self, campaign, rng, moments): ...\n",
        8, "Slow has no method `open_more`",
    ),
    ("tactics", GOOD["tactics"] + "    many = 3\n", 2, "it cannot be imported: PydanticUserError"),
    ("tactics", GOOD["tactics"] + "raise SystemExit(1)\n", 4, "it cannot be imported: SystemExit"),
    ("strategies", "\n", 1, "it holds no strategy"),
    (
        "strategies",
        "from shamcrowd.simulator.campaigns.strategies.base import Strategy\n"
        "class Idle(Strategy):\n    'Idle.'\n",
        2, "Idle has no method",
    ),
    ("metrics", metric("    short = 'half'\n    " + VALUES + "\n" + MEASURE), 2,
     "Half has no class attribute `title`"),
    ("metrics", metric(NAMED + MEASURE), 2, "Half has no class attribute `value_best`"),
    ("metrics", GOOD["metrics"] + "class B(Good):\n    'B.'\n    title = 'b'\n", 8,
     "it holds 2 metrics"),
    ("metrics", "class Half:\n    'Half.'\n", 1, "it holds no metric"),
    (
        "metrics",
        metric(f"{NAMED}    {VALUES}\n    def meassure(self, findings):\n        return [0.5]\n"),
        6, "Half has no method `measure`",
    ),
    (
        "metrics",
        f"{METRICS}class Half(Metric):\n{NAMED}    {VALUES}\n    unit = 'dollars'\n{MEASURE}",
        2, "Half has no docstring",
    ),
    (
        "metrics", metric(f"{NAMED}    {VALUES}\n    unit = 'dollars'\n{MEASURE}"),
        6, "Half.unit is 'dollars'",
    ),
    ("metrics", metric(f"{NAMED}    {VALUES}\n    better = 'more'\n{MEASURE}"), 6,
     "Half.better is 'more'"),
    ("metrics", metric(f"{NAMED}    {VALUES}\n    low = 2.0\n{MEASURE}"), 2, "must be below"),
    ("metrics", metric(f"{NAMED}    {VALUES}\n    def __init__(self, x): ...\n{MEASURE}"), 2,
     "Half() cannot be made: TypeError"),
    ("metrics", GOOD["metrics"] + "1 / 0\n", 8, "it cannot be imported: ZeroDivisionError"),
    ("figures", GOOD["figures"] + "    unit = 'tokns'\n", 4, "Good.unit is 'tokns'"),
    ("controls", "class Seer:\n    'Seer.'\n", 1, "it holds no control"),
    (
        "controls",
        "from shamcrowd.benchmark.evaluation.controls.base import TruthControl\n"
        "class Seer(TruthControl):\n    'Seer.'\n    def knows(self, *told): ...\n",
        2, "Seer has no class attribute `reason`",
    ),
    ("checks", "def chek(loaded): ...\n", 1, "it has no `check`"),
    ("checks", "check = 3\n", 1, "must be a function"),
    ("statistics", "STATISTICS = (1, 2)\n", 1, "must be a tuple of Statistic"),
    ("statistics", "STATISTICS = (\n", 1, "it is not Python"),
]  # fmt: skip


@pytest.fixture
def found(tmp_path, monkeypatch):
    """The catalogue of a kind in a package of its own, of these files and a good one."""
    made = 0

    def of(plural, files):
        nonlocal made
        made += 1
        module, _, name = KINDS[plural].partition(":")
        kind = getattr(importlib.import_module(module), name)
        home = tmp_path / f"package_{plural}_{made}_{tmp_path.name}".replace("-", "_")
        folder = home / "family" if kind.families else home
        folder.mkdir(parents=True)
        for package in {home, folder}:
            (package / "__init__.py").write_text("")
        for file, text in {"good.py": GOOD[plural], **files}.items():
            (home / file).parent.mkdir(exist_ok=True)
            if "/" in file:
                (home / file).parent.joinpath("__init__.py").write_text("")
            (home / file if "/" in file else folder / file).write_bytes(
                text if isinstance(text, bytes) else text.encode()
            )
        monkeypatch.syspath_prepend(tmp_path)
        return discover(replace(kind, package=home.name))

    return of


@pytest.mark.parametrize(("plural", "text", "line", "said"), WRONG)
def test_says_what_where_and_how_to_mend_it(found, plural, text, line, said):
    catalogue = found(plural, {"wrong.py": text})
    faults = catalogue.check()
    assert said in faults[0].what
    assert faults[0].where.endswith("wrong.py")
    assert faults[0].line == line
    assert faults[0].mend
    assert list(catalogue) == ["good"], "the others stay usable"
    assert catalogue["good"] is not None
    assert "wrong" in catalogue
    with pytest.raises(PluginError) as error:
        catalogue.load("wrong")
    assert error.value.exit_code == 2
    with pytest.warns(PluginWarning, match="is left out"):
        assert list(catalogue.load_all()) == ["good"]


@pytest.mark.parametrize("plural", GOOD)
def test_a_good_one_is_found(found, plural):
    catalogue = found(plural, {})
    assert catalogue.check() == []
    assert list(catalogue.load_all()) == ["good"]


def test_two_of_one_name_in_two_families(found):
    text = GOOD["detectors"]
    catalogue = found("detectors", {"other/good.py": text, "more.py": text})
    assert list(catalogue) == ["more"]
    one, two = catalogue.faults()
    assert "two detectors are called 'good'" in one.what
    assert one.where.endswith("family/good.py")
    assert two.where.endswith("other/good.py")
    with pytest.raises(PluginError, match="two detectors are called 'good'"):
        catalogue.load("good")


def test_an_inherited_review_makes_a_detector(found):
    text = (
        "from shamcrowd.detectors.controls.age_only import AgeOnly\n"
        "class Inherits(AgeOnly):\n    'Nights.'\n"
    )
    catalogue = found("detectors", {"inherits.py": text})
    assert catalogue.check() == []
    assert catalogue.load("inherits").__name__ == "Inherits"
    assert catalogue.entries()["inherits"].about == "Nights."


def test_shared_code_beside_detectors_is_none(found):
    catalogue = found("detectors", {"helper.py": "def review(log): ...\n", "_mine.py": "1 / 0\n"})
    assert list(catalogue) == ["good"]
    assert catalogue.check() == []


def test_a_file_in_another_encoding(found):
    catalogue = found("metrics", {"wrong.py": "# Ü".encode("latin-1")})
    assert "it cannot be read" in catalogue.faults()[0].what


def test_a_base_made_by_a_call_is_looked_at_by_importing(found):
    text = f"{CASUAL}def make():\n    return Casual\nclass Made(make()):\n    'Made.'\n"
    catalogue = found("populations", {"made.py": text})
    assert catalogue.check() == []
    assert catalogue.load("made").__name__ == "Made"


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("theirs = no_such_module_here:Thing", "there is no module no_such_module_here"),
        ("theirs = their_plug_in:Nothing", "there is no 'Nothing' in their_plug_in"),
        ("theirs = their_plug_in:Silent", "Silent has no docstring"),
        ("good = their_plug_in:Fine", "two metrics are called 'good'"),
    ],
)
def test_entry_points_that_lead_nowhere(found, tmp_path, monkeypatch, point, said):
    silent = "class Silent(Good):\n    def measure(self, findings): return [0.5]\n"
    text = GOOD["metrics"] + silent + "class Fine(Good):\n    'Fine.'\n"
    (tmp_path / "their_plug_in.py").write_text(text)
    name, _, value = point.partition(" = ")
    there = [EntryPoint(name, value, "shamcrowd.metrics")]
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda group: there)
    catalogue = found("metrics", {})
    assert said in catalogue.faults()[0].what
    assert catalogue["good"].title == "good", "ours stays usable"
    with pytest.raises(PluginError):
        catalogue.load(name if name == "theirs" else "good (an installed package)")


@pytest.mark.parametrize("plural", KINDS)
def test_what_a_kind_asks_for_is_there(plural):
    """A choice or attribute of a kind that no plug-in has would never be checked."""
    module, _, name = KINDS[plural].partition(":")
    kind = getattr(importlib.import_module(module), name)
    assert discover(kind).check() == []
    if kind.base:
        home, _, base = kind.base.partition(":")
        known = vars(getattr(importlib.import_module(home), base))["__annotations__"]
        assert {*kind.needed, *kind.choices} <= set(known)
