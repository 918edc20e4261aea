"""What validation says of imported logs, injected campaigns and labelled sets of others."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.own_logs.inject.injecting import inject
from shamcrowd.benchmark.transfer.as_recording import write_set
from shamcrowd.benchmark.transfer.labelled import NO_GROUP, Labelled, ThingUses
from shamcrowd.benchmark.world_checks.validate import validate
from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.imports.export import export_log
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import read_mapping, shipped
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import open_log
from tests.recordings import accept, change_json, recorded

SCALE = 0.15
DAY = 20_000 * MS_PER_DAY


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("imported")
    mapping = read_mapping(shipped()["litellm-spend-logs"])
    export_log(open_log(recorded("calm-v2", 4, scale=SCALE)), mapping, folder / "a.jsonl")
    import_log([str(folder / "a.jsonl")], mapping, folder / "rec", b"k" * 32)
    return folder / "rec"


@pytest.fixture(scope="module")
def in_log(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("injected") / "rec"
    inject("quickstart-v2", imported, out, seed=7, scale=SCALE)
    return out


@pytest.fixture(scope="module")
def in_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("injected") / "rec"
    settings = ["platform.challenge_rate=0.5"]
    background = recorded("calm-v2", 4, scale=SCALE)
    inject("quickstart-v2", background, out, seed=7, scale=SCALE, settings=settings)
    return out


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five accounts, one of them without a label, which share things of another kind."""
    stars = ThingUses("star", np.array([0, 1, 4]), np.array([2, 2, 0]), DAY + np.array([9, 9, 10]))
    held = Labelled(
        created=np.full(5, DAY), label=np.array([1, 1, 1, 0, -1], np.int8),
        group=np.array([3, 3, NO_GROUP, NO_GROUP, NO_GROUP]), who=np.array([0, 4, 3]),
        time=DAY + np.array([5, 2, 3 * MS_PER_DAY]), uses=(stars,),
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("set") / "stars"
    write_set("stars", held, folder)
    return folder


def said(folder: Path) -> dict[str, tuple[bool, bool]]:
    """Whether each check applies, and holds."""
    return {check.name: (check.applies, check.holds) for check in validate(folder).checks}


def copied(folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(folder, tmp_path / "copy")
    return tmp_path / "copy"


def test_of_an_imported_log_what_holds_and_what_is_not_applicable(imported: Path) -> None:
    found = validate(imported)
    assert found.passed, found.verdict
    told = said(imported)
    for name in ("files: content", "requests: order", "addresses: references", "requests: ids",
                 "accounts: open first", "requests: tokens"):  # fmt: skip
        assert told[name] == (True, True)
    for name in ("truth: accounts", "quantities", "cards: invented", "requests: models",
                 "responses: shut", "files: row for row", "keys: made first"):  # fmt: skip
        assert not told[name][0]
    assert "not applicable: a log alone has no truth" in found.to_json()
    rest = sum(not check["applies"] for check in json.loads(found.to_json())["checks"])
    assert found.verdict.endswith(f"hold; {rest} are not applicable")


def test_an_imported_log_has_no_truth_to_open(imported: Path) -> None:
    with pytest.raises(RecordingError, match=r"has no truth.*`shamcrowd detect` ranks"):
        Truth(imported)


@pytest.mark.parametrize("kind", ["in_log", "in_world"])
def test_injected_campaigns_are_those_that_the_manifest_tells(
    kind: str, request: pytest.FixtureRequest
) -> None:
    folder = request.getfixturevalue(kind)
    found = validate(folder)
    assert found.passed, found.verdict
    told = said(folder)
    for name in ("injected: accounts", "injected: requests", "injected: background",
                 "truth: supply", "truth: intervals", "truth: agrees"):  # fmt: skip
        assert told[name] == (True, True)
    assert not told["quantities"][0]
    assert told["responses: logged"][0] == (kind == "in_world")


@pytest.mark.parametrize(
    ("path", "value", "fails"),
    [("injected/accounts", 1, "injected: accounts"), ("injected/requests", 1, "injected: requests"),
     ("injected/background_accounts", 1, "injected: background")],
)  # fmt: skip
def test_a_manifest_that_tells_something_else_fails(
    path: str, value: int, fails: str, in_world: Path, tmp_path: Path
) -> None:
    folder = copied(in_world, tmp_path)
    change_json(folder / "manifest.json", lambda held: held["injected"].update(
        {path.partition("/")[2]: value}))  # fmt: skip
    assert [c.name for c in validate(folder).checks if not c.holds] == [fails]


def test_a_labelled_set_of_others_is_valid_with_accounts_that_have_no_label(labelled: Path) -> None:
    found = validate(labelled)
    assert found.passed, found.verdict
    told = said(labelled)
    assert told["uses: accounts"] == told["truth: accounts"] == (True, True)
    assert told["truth: intervals"] == (True, True)
    assert not told["truth: agrees"][0]


@pytest.mark.parametrize(
    ("column", "change"),
    [("account", 1), ("time", -20 * MS_PER_DAY), ("time", 400 * MS_PER_DAY)],
)
def test_things_used_by_nobody_or_at_no_time_fail(
    column: str, change: int, labelled: Path, tmp_path: Path
) -> None:
    folder = copied(labelled, tmp_path)
    path = folder / "uses.parquet"
    rows = pq.read_table(path)
    at = rows.column_names.index(column)
    field = rows.schema.field(column)
    moved = pc.add(rows[column].cast(pa.int64()), change).cast(field.type)
    pq.write_table(rows.set_column(at, field, moved), path)
    accept(folder)
    assert [c.name for c in validate(folder).checks if not c.holds] == ["uses: accounts"]


def test_a_request_of_no_status_of_http_fails(imported: Path, tmp_path: Path) -> None:
    folder = copied(imported, tmp_path)
    path = sorted((folder / "requests").glob("*.parquet"))[0]
    rows = pq.read_table(path, partitioning=None)
    at = rows.column_names.index("status")
    status = pa.array([600] + [200] * (rows.num_rows - 1), pa.int16())
    pq.write_table(rows.set_column(at, rows.schema.field("status"), status), path)
    accept(folder)
    assert [c.name for c in validate(folder).checks if not c.holds] == ["requests: statuses"]


def test_a_file_of_the_truth_that_went_missing_is_no_log_alone(
    in_log: Path, tmp_path: Path
) -> None:
    folder = copied(in_log, tmp_path)
    shutil.rmtree(folder / "truth")
    found = validate(folder)
    assert not found.passed
    assert found.checks[-1].name == "files: names"
