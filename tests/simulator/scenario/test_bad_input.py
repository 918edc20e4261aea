"""Faulty scenarios raise one kind of error with all faults, their places and remedies."""

import contextlib
import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shamcrowd.recording.errors import ScenarioError
from shamcrowd.recording.yaml_file import shipped_folder
from shamcrowd.simulator.scenario.load import load_scenario

GOOD = """\
schema: 1
title: a town
about: people
start: 2026-03-02
horizon: 4d
populations:
  casual: {accounts: 20}
campaigns:
  hydra:
    tactic: hydra
    accounts: 5
    exchanges: 100
    start: 1d
    duration: 2d
"""


@pytest.fixture
def faults(tmp_path):
    """Load a text as a scenario and give what is wrong with it."""

    def of(text, **options):
        path = tmp_path / "mine.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(ScenarioError) as caught:
            load_scenario(path, **options)
        assert caught.value.exit_code == 2
        return caught.value.faults

    return of


def test_the_good_one_loads(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD)
    assert load_scenario(path).campaigns["hydra"].accounts == 5


@pytest.mark.parametrize(
    ("change", "line", "column", "said", "mend"),
    [
        (("    start: 1d", "    start: 1d\n    laag: [1, 2]"), 14, 5, "unknown key", "lag"),
        (("horizon: 4d", "horizon: 4 fortnights"), 5, 10, "fortnights", "d"),
        (("accounts: 20", "accounts: -20"), 7, 22, "", ""),
        (("    start: 1d", "    start: 9d"), 13, 12, "", ""),
        (("tactic: hydra", "tactic: hydro"), 10, 13, "hydro", "hydra"),
        (("  casual:", "  casul:"), 7, 3, "casul", "casual"),
        (("horizon: 4d", "horizon: 4d\nhorizon: 5d"), 6, 1, "horizon", ""),
    ],
    ids=["unknown-key", "unit", "negative", "after-horizon", "tactic", "population", "duplicate"],
)
def test_each_fault_has_its_place(faults, change, line, column, said, mend):
    assert change[0] in GOOD
    found = faults(GOOD.replace(*change, 1))
    assert len(found) == 1
    fault = found[0]
    assert fault.where.endswith("mine.yaml")
    assert (fault.line, fault.column) == (line, column)
    assert said in fault.what
    assert mend in fault.mend
    assert fault.excerpt.strip()


def test_all_faults_at_once(faults):
    text = GOOD.replace("accounts: 20", "accounts: -20, sesions: 2").replace(
        "exchanges: 100", "exchanges: many"
    )
    assert sorted(f.line for f in faults(text)) == [7, 7, 12]


@pytest.mark.parametrize(
    "content",
    ["", "   \n# only a comment\n", "- a\n- list\n", "just words\n", "a: [1, 2\n",
     b"\x00\xff\x89PNG", b"\x80abc: 1", "a: &x [*x]\n", "!!python/object/apply:os.system [ls]\n"],
)  # fmt: skip
def test_what_is_no_scenario_is_refused(faults, content):
    assert faults(content)


def test_a_huge_file_is_refused_unread(faults):
    (fault,) = faults(b"a: 1\n" * 10_500_000)
    assert "52,500,000 bytes" in fault.what


def test_nested_bombs_are_refused(faults):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9)]
    assert faults("\n".join(lines) + "\n")


def test_circular_extends(tmp_path):
    (tmp_path / "a.yaml").write_text("extends: ./b.yaml\n")
    (tmp_path / "b.yaml").write_text("extends: ./a.yaml\n")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(tmp_path / "a.yaml")
    assert "a -> b -> a" in str(caught.value)


def test_a_folder_and_a_missing_file(tmp_path):
    for path in (tmp_path, tmp_path / "none.yaml"):
        with pytest.raises(ScenarioError):
            load_scenario(path)


def test_unknown_id_says_what_was_meant():
    with pytest.raises(ScenarioError, match="quickstart-v2"):
        load_scenario("quikstart-v1")


@pytest.mark.parametrize(
    "setting",
    ["campaigns.hydra.acounts=3", "horizon", "campaigns.hydra.accounts=x", "=3", "a..b=1",
     "campaigns.hydro=null", "title.deep=1"],
)  # fmt: skip
def test_bad_settings(setting):
    with pytest.raises(ScenarioError):
        load_scenario("quickstart-v2", settings=[setting])


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.binary(max_size=120))
def test_binary_never_crashes(tmp_path, junk):
    path = tmp_path / "mine.yaml"
    path.write_bytes(junk)
    with pytest.raises(ScenarioError):
        load_scenario(path)


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_mangled_scenario_loads_or_is_refused(tmp_path, data):
    text = (shipped_folder() / "quickstart-v2.yaml").read_text("utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 6))
        text = text[:at] + data.draw(st.text(max_size=5)) + text[at + cut :]
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8", errors="replace")
    with contextlib.suppress(ScenarioError):
        load_scenario(path)


def test_more_victims_than_there_are_people_worth_it(faults):
    text = GOOD.replace("casual: {accounts: 20}", "casual: {accounts: 200}")
    text += "  keys: {tactic: hijacked-keys, accounts: 50, exchanges: 9, start: 0d, duration: 1d}\n"
    (found,) = faults(text)
    assert found.line == 15
    assert "at most 20" in found.what


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("2026-03-02", 2),
        ("2026-03-02T00:00:00Z", 2),
        ("2026-03-02T01:00:00+01:00", 2),
        ("2026-03-02 05:30:00+05:30", 2),
        ("2026-03-01T19:00:00-05:00", 2),
    ],
)
def test_a_start_with_an_offset_is_converted(tmp_path, start, day):
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD.replace("start: 2026-03-02", f"start: {start}"))
    assert load_scenario(path).start == dt.date(2026, 3, day)


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("2026-03-02T00:00:00+01:00", "2026-03-01 23:00 UTC"),
        ("2026-03-02T12:00:00Z", "2026-03-02 12:00 UTC"),
        ("2026-03-02T12:00:00", "without a time of day"),
        ("2026-03-02 Europe/Berlin", "a date such as"),
    ],
)
def test_a_start_that_is_not_midnight_utc_is_refused(faults, start, said):
    (found,) = faults(GOOD.replace("start: 2026-03-02", f"start: {start}"))
    assert (found.line, found.column) == (4, 8)
    assert said in f"{found.what} {found.mend}"


def test_a_release_before_the_start(faults):
    (found,) = faults(GOOD + "releases:\n  - {model: deep-4, at: -1d}\n")
    assert found.line == 16
    assert "duration" in found.what


def test_a_sleeper_that_never_wakes(faults):
    text = GOOD.replace("tactic: hydra", "tactic: sleeper")
    (found,) = faults(text.replace("duration: 2d", "duration: 2d\n    dwell: 2d"))
    assert "leaves no time awake" in found.what


def test_a_sleeper_older_than_its_campaign(faults):
    text = GOOD.replace("tactic: hydra", "tactic: sleeper")
    older = "duration: 2d\n    dwell: 30d\n    waking: 1d"
    (found,) = faults(text.replace("duration: 2d", older))
    assert "`waking` (1d) is shorter than `dwell` (30d)" in found.what


def test_mimicry_without_a_population_to_imitate(faults):
    (fault,) = faults(GOOD + "    evasion: {mimicry: 0.5}\n")
    assert "`evasion.mimicry` needs `imitates: NAME`, one of: casual" in fault.what + fault.mend
