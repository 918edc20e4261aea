"""Odd input is rejected with its place, and raises nothing but a ScenarioError."""

import pickle

import pytest

from shamcrowd.recording.errors import MOST_FAULTS, ScenarioError
from shamcrowd.simulator.scenario.compose import LONGEST_CHAIN
from shamcrowd.simulator.scenario.load import load_scenario

BASE = "extends: quickstart-v2\n"


@pytest.fixture
def faults(tmp_path):
    """Load a text that extends the quickstart and give what is wrong with it."""

    def of(text, **options):
        path = tmp_path / "mine.yaml"
        path.write_text(text, "utf-8")
        with pytest.raises(ScenarioError) as caught:
            load_scenario(path, **options)
        assert caught.value.exit_code == 2
        assert all(fault.what and fault.where for fault in caught.value.faults)
        return caught.value.faults

    return of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: !!set {a, b}\n", "a YAML tag (!!set)"),
        ("title: !mine text\n", "a YAML tag (!mine)"),
        ("campaigns: !!omap [a: 1]\n", "a YAML tag (!!omap)"),
        ("campaigns: {hydra: {tactic: 5}}\n", 'unknown tactic "5"'),
        ("? [a, b]\n: 1\n", "a list or mapping as a key"),
        ("<<: {horizon: 5d}\n", "a YAML merge (<<)"),
        ("--- \na: 1\n", "a second document"),
        ("title: a\x00b\n", "is not YAML"),
        ("title: [\x0c\n", "is not YAML"),
        ("title: " + "{a: " * 500 + "}" * 500 + "\n", ""),
        pytest.param(
            "title: " + "[" * 60 + "]" * 60 + "\n",
            "nested",
            id="nested-too-deeply",
        ),
        ("populations: {casual: {sessions: .nan}}\n", '".nan" is not a number'),
        ("platform: {trial_credit: .inf}\n", '".inf" is not a number'),
        ("populations: null\n", '"populations" must be a mapping'),
        ("horizon: null\n", '"horizon" must be a duration'),
        ("extends: [calm-v2]\n", 'key "extends" appears twice'),
        ("platform: {requests_per_minute: {trial: 5}}\n", "for each plan"),
        pytest.param(
            "title: !!python/object/apply:os.system [ls]\n",
            "a YAML tag (!!python/object/apply:os.system)",
            id="tagged-list",
        ),
        pytest.param(
            f"horizon: {'9' * 400}d\n",
            '"horizon"',
            id="endless-duration",
        ),
        pytest.param(
            "campaigns: {hydra: {tactic: [hydra]}}\n",
            "unknown tactic",
            id="tactic-is-a-list",
        ),
        pytest.param(
            "populations: {casual: {population: {a: 1}}}\n",
            "unknown population",
            id="population-is-a-mapping",
        ),
        pytest.param(
            "campaigns: {hydra: {lag: [.nan, 1]}}\n",
            '".nan" is not a number',
            id="lag-is-no-number",
        ),
        pytest.param(
            "campaigns: {hydra: {lag: [5, 1]}}\n",
            '"lag"',
            id="lag-backwards",
        ),
        pytest.param(
            "platform: {models: {a: {input_price: .inf, output_price: 1}}}\nreleases: []\n",
            '".inf" is not a number',
            id="endless-price",
        ),
        pytest.param(
            "platform: {requests_per_minute: {trial: 1, pay-as-you-go: 1, subscription: 1, "
            "enterprise: 99999999999}}\n",
            "requests_per_minute",
            id="limit-beyond-32-bits",
        ),
        pytest.param(
            "start: 9999-12-25\n",
            '"start"',
            id="beyond-the-calendar",
        ),
        pytest.param(
            "campaigns: {casual: {tactic: hydra, accounts: 9, exchanges: 9, start: 0h, "
            "duration: 1d}}\n",
            '"casual"',
            id="campaign-named-like-a-population",
        ),
        pytest.param(
            "campaigns: {innocent: {tactic: hydra, accounts: 9, exchanges: 9, start: 0h, "
            "duration: 1d}}\n",
            '"innocent"',
            id="campaign-named-innocent",
        ),
        pytest.param(
            "campaigns: {credit-farm: {burst: 9d}}\n",
            '"burst"',
            id="burst-beyond-the-campaign",
        ),
        pytest.param(
            "populations: {casual: {accounts: 99999999999}}\n",
            '"accounts"',
            id="more-accounts-than-ids",
        ),
    ],
)
def test_odd_values_are_refused(faults, text, said):
    found = faults(BASE + text)
    assert any(said in fault.what for fault in found), [str(f) for f in found]


def test_a_huge_count_and_a_scale(faults):
    faults(BASE + f"populations: {{casual: {{accounts: 1{'0' * 400}}}}}\n", scale=0.5)


@pytest.mark.parametrize("scale", [0, -1, float("nan"), float("inf"), 100.5])
def test_bad_scales(scale):
    with pytest.raises(ScenarioError, match="scale"):
        load_scenario("quickstart-v2", scale=scale)


@pytest.mark.parametrize(
    "name",
    [
        "none.yaml",
        "folder.yaml",
        pytest.param("a" * 300 + ".yaml"),
        pytest.param("a\0b.yaml"),
    ],
    ids=["missing", "folder", "name-too-long", "nul"],
)
@pytest.mark.parametrize("way", ["given", "extended"])
def test_paths_that_cannot_be_read(tmp_path, faults, name, way):
    (tmp_path / "folder.yaml").mkdir()
    if way == "given":
        with pytest.raises(ScenarioError):
            load_scenario(str(tmp_path / name))
    else:
        faults(f'extends: "{name}"\n'.replace("\0", "\\0"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("horizon: 3x\n", 2),
        ("title: ''\nhorizon: 3x\n", 2),
        ("title: *alias\n", 2),
        ("title: x\ntitle: y\n", 3),
        ("title: x\n  b: [\n", 3),
        ("extends: none-such\n", 2),
        ("releases: [{model: none, at: 1d}]\n", 2),
        ("releases:\n  - {model: deep-4, at: 99d}\n", 3),
        pytest.param("start: 2026-13-45\n", 2),
        pytest.param("title: a\n# \x01\n", 3),
    ],
)
def test_the_line_is_reported(faults, text, line):
    text = text if text.startswith("extends") else BASE + text
    first = faults(text if not text.startswith("extends: none") else "# why\n" + text)[0]
    assert first.where.endswith("mine.yaml")
    assert first.line == line
    assert first.column >= 1
    assert (
        first.excerpt
        == (("# why\n" + text) if "none-such" in text else text).splitlines()[line - 1]
    )


def test_a_missing_key_names_the_file(faults):
    assert all(fault.where.endswith("mine.yaml") for fault in faults("title: alone\n"))


def test_many_faults_in_one_file_come_together(faults):
    text = BASE + (
        "horizon: 14 days\n"
        "titel: x\n"
        "shards: 900\n"
        "populations:\n"
        "  casual: {accounts: -5, sesions: 1}\n"
        "  casuals: {accounts: 3}\n"
        "  Casual: {population: casual, accounts: 3}\n"
        "campaigns:\n"
        "  hydra: {tactic: hidra}\n"
        "  credit-farm: 7\n"
    )
    found = faults(text)
    assert sorted(fault.line for fault in found) == [2, 3, 4, 6, 6, 7, 8, 10, 11]
    assert len({(fault.line, fault.column) for fault in found}) == len(found)
    said = {fault.line: fault for fault in found}
    assert '"title"' in said[3].mend
    assert "casual" in said[7].mend
    assert "hydra" in said[10].mend


def test_every_fault_of_what_does_not_fit_together(faults):
    text = BASE + (
        "reviews: 7h\n"
        "releases: [{model: none, at: 40d}]\n"
        "campaigns: {hydra: {start: 15d}, credit-farm: {duration: 12d}}\n"
    )
    assert [fault.line for fault in faults(text)] == [2, 3, 3, 4, 4]


@pytest.mark.parametrize(
    "setting",
    [
        pytest.param("campaigns.5=1"),
        pytest.param("campaigns.²=1"),
        "5=1",
        "releases.9.at=1d",
        "releases.x=1",
        "campaigns.hydra.evasion.rotation=7",
        "schema=2",
        "id=mine",
        "extends=calm-v2",
    ],
)
def test_bad_settings_name_the_setting(setting):
    with pytest.raises(ScenarioError) as caught:
        load_scenario("quickstart-v2", settings=[setting])
    assert all("--set" in fault.where for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("populations: {casual: {accounts: true}}\n", '"accounts" must be a number, not true'),
        ("populations: {casual: {accounts: '20'}}\n", "\"accounts\" must be a number, not '20'"),
        ("shards: true\n", '"shards" must be a number, not true'),
        ("platform: {models: {a: {input_price: false, output_price: 1}}}\nreleases: []\n",
         '"input_price" must be a number, not false'),
        ("horizon: 900d\n", '"horizon" must be at most 366d, not 900d'),
        ("slice: 1s\n", '"slice" must be at least 1h, not 1s'),
        ("campaigns: {hydra: {duration: 0d}}\n",
         '"duration" must be more than 0s, not 0s'),
        ("reviews: 0s\n", '"reviews" must be more than 0s, not 0s'),
    ],
)  # fmt: skip
def test_nothing_is_taken_for_a_number_and_limits_are_told_as_durations(faults, text, said):
    found = faults(BASE + text)
    assert any(said in fault.what for fault in found), [str(f) for f in found]


def test_a_missing_file_to_extend_is_told_where_it_is_named(faults):
    (fault,) = faults("title: x\nextends: none.yaml\n")
    assert (fault.where.endswith("mine.yaml"), fault.line, fault.column) == (True, 2, 10)
    assert "none.yaml" in fault.what


@pytest.mark.parametrize(("many", "fine"), [(LONGEST_CHAIN - 1, True), (LONGEST_CHAIN, False)])
def test_a_chain_of_scenarios_that_extend_one_another_is_bounded(tmp_path, many, fine):
    for number in range(many):
        above = "quickstart-v2" if number == 0 else f"./s{number - 1}.yaml"
        (tmp_path / f"s{number}.yaml").write_text(f"extends: {above}\n")
    last = tmp_path / f"s{many - 1}.yaml"
    if fine:
        assert load_scenario(last).id == last.stem
        return
    with pytest.raises(ScenarioError, match="more than 20 scenarios"):
        load_scenario(last)


def test_of_very_many_faults_some_are_told_and_all_counted(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(BASE + "".join(f"key{n}: 1\n" for n in range(19_000)))
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert (len(caught.value.faults), caught.value.more) == (MOST_FAULTS, 19_000 - MOST_FAULTS)
    assert str(caught.value).endswith("and 18,950 more")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + BASE.encode())
    assert load_scenario(path).id == "mine"
