"""Detectors on a log without truth."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from shamcrowd.benchmark.execution.confinement import landlock
from shamcrowd.benchmark.own_logs.detect import Detected, Detection, detect
from shamcrowd.benchmark.own_logs.ranking import ranked
from shamcrowd.benchmark.own_logs.replaying import RATES
from shamcrowd.benchmark.own_logs.writing import write_ranked
from shamcrowd.detectors.base import Findings
from shamcrowd.recording.errors import RecordingError, UsageError
from shamcrowd.recording.imports.importing import import_log
from shamcrowd.recording.imports.mapping import FOLDER, read_mapping, shipped
from shamcrowd.recording.imports.pseudonyms import read_key
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.units import MS_PER_HOUR

Gateway = tuple[Path, dict[str, int]]
CROWD = [f"crowd-{i}" for i in range(6)]


@pytest.fixture(scope="module")
def found(gateway_log: Gateway) -> Detection:
    return detect(
        gateway_log[0],
        ["shared-resources", "template-clusters", "sign-up-burst", "boosted-trees", "nobody"],
    )


def test_each_detector_says_what_it_could_see(found: Detection) -> None:
    by_name = {one.detector: one for one in found.detected}
    assert by_name["shared-resources"].findings is not None
    assert "accounts.device" in by_name["shared-resources"].blind
    assert by_name["template-clusters"].said == (
        "the log has none of what it looks at: requests.sketch"
    )
    assert by_name["sign-up-burst"].findings is None
    assert by_name["boosted-trees"].said == "it learns from labels, and this log has none"
    assert by_name["nobody"].failed
    assert "no detector 'nobody'" in by_name["nobody"].said


def test_accounts_that_share_are_ranked_first(gateway_log: Gateway, found: Detection) -> None:
    table = ranked(found, {number: name for name, number in gateway_log[1].items()})
    assert set(table["name"].head(6)) == set(CROWD)
    assert table["cluster"].head(6).nunique() == 1
    assert table["rank"].tolist() == list(range(1, 37))
    assert "shared-resources" in table
    assert "sign-up-burst" not in table


def test_a_review_as_of_an_earlier_moment_sees_no_later_row(
    gateway_log: Gateway,
) -> None:
    start = Manifest.read(gateway_log[0]).start
    early = detect(gateway_log[0], ["timing-entropy"], as_of=start + 8 * MS_PER_HOUR + 5 * 60_000)
    assert len(early.accounts) == 6  # Those whose minute has come.
    with pytest.raises(UsageError, match="no account was opened by then"):
        detect(gateway_log[0], ["timing-entropy"], as_of=start)


def test_a_folder_that_is_no_recording(tmp_path: Path) -> None:
    with pytest.raises(RecordingError):
        detect(tmp_path, ["velocity"])


def test_a_recording_with_truth_is_read_without_it(quickstart: Path) -> None:
    found = detect(quickstart, ["age-only"])
    assert found.detected[0].findings is not None
    assert found.detected[0].blind == ()


def scored(name: str, *score: float) -> Detected:
    account = np.arange(1, len(score) + 1, dtype=np.int32)
    return Detected(name, Findings(account[::-1], np.array(score[::-1], np.float64)))


def test_an_account_has_the_best_place_that_a_detector_gives_it() -> None:
    accounts = np.arange(1, 5, dtype=np.int32)
    found = Detection(Path("x"), 0, accounts, [scored("a", 9, 1, 1, 1), scored("b", 0, 0, 7, 1)])
    table = ranked(found).set_index("account")
    assert table["place"].to_dict() == {1: 0.125, 3: 0.125, 4: 0.375, 2: 0.625}
    assert table["detector"].to_dict() == {1: "a", 3: "b", 4: "b", 2: "a"}
    assert table["rank"].to_dict() == {1: 1, 3: 2, 4: 3, 2: 4}


def test_a_detector_that_scores_all_alike_puts_nobody_first() -> None:
    accounts = np.arange(1, 5, dtype=np.int32)
    found = Detection(Path("x"), 0, accounts, [scored("a", 0, 0, 0, 0), scored("b", 1, 2, 3, 4)])
    table = ranked(found).set_index("account")
    assert table.loc[4, "detector"] == "b"
    assert table.loc[1, "place"] == 0.5


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".json"])
def test_ranked_accounts_are_written_and_read(
    ending: str, found: Detection, tmp_path: Path
) -> None:
    path = tmp_path / f"ranked{ending}"
    write_ranked(ranked(found), path)
    read = {".csv": pd.read_csv, ".parquet": pd.read_parquet, ".json": pd.read_json}[ending]
    assert read(path)["account"].tolist() == ranked(found)["account"].tolist()


def test_another_ending_is_refused(found: Detection, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ends in \.csv, \.parquet, \.json"):
        write_ranked(ranked(found), tmp_path / "ranked.xlsx")


PRIES = """
from pathlib import Path

from shamcrowd.detectors.base import Findings

BESIDE = Path(__file__).parent


class Pries:
    def review(self, log):
        for name in ("rec.key", "rec.names.parquet", "rec/manifest.json", "mine/k.txt", "who.txt"):
            try:
                (BESIDE / name).read_bytes()
            except OSError:
                continue
            raise RuntimeError(f"{name} lies open")
        (BESIDE / "notes.txt").read_bytes()
        account = log.accounts(["account"])["account"].to_numpy()
        return Findings(account, account * 0.0)
"""


@pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
def test_the_key_and_the_names_are_out_of_a_detector_s_reach(
    gateway_log: Gateway, tmp_path: Path
) -> None:
    shutil.copytree(gateway_log[0], tmp_path / "rec")
    for name in ("rec.key", "rec.names.parquet", "notes.txt"):
        (tmp_path / name).write_text("kept")
    (tmp_path / "mine").mkdir()
    read_key(tmp_path / "mine" / "k.txt")
    (tmp_path / "who.txt").write_text("named on the command line")
    (tmp_path / "pries.py").write_text(PRIES)
    hidden = [tmp_path / "who.txt"]
    found = detect(tmp_path / "rec", [f"{tmp_path / 'pries.py'}:Pries"], hidden=hidden)
    assert not found.detected[0].failed, found.detected[0].said


def test_on_a_part_of_the_requests_rates_are_not_judged(tmp_path: Path) -> None:
    rows = [
        {"startTime": f"2026-03-02T{hour:02d}:{i:02d}:00Z", "user": f"u{i % 3}", "api_key": "k",
         "prompt_tokens": 9, "completion_tokens": 9, "requester_ip_address": "203.0.113.7"}
        for hour in range(8, 20) for i in range(30)
    ]  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    mapping = read_mapping(shipped()["litellm-spend-logs"])
    for sampling, applies in ((1.0, True), (0.99, False)):
        out = tmp_path / f"rec{sampling}"
        import_log([str(tmp_path / "a.jsonl")], mapping, out, b"k" * 32, sampling=sampling)
        timing, shared = detect(out, ["timing-entropy", "shared-resources"]).detected
        assert (timing.findings is not None) == applies
        assert shared.findings is not None
    assert timing.said == RATES


def test_what_can_be_told_from_sums_over_hours(tmp_path: Path) -> None:
    """Of buckets, only volume is judged."""
    samples = FOLDER.parent / "samples"
    mapping = read_mapping(shipped()["openai-admin"])
    import_log([str(samples / "openai-admin.jsonl")], mapping, tmp_path / "rec", b"k" * 32)
    names = ["volume-only", "isolation-forest", "timing-entropy", "velocity", "shared-resources"]
    found = detect(tmp_path / "rec", names)
    assert {one.detector for one in found.detected if one.findings is not None} == {
        "volume-only", "isolation-forest"
    }  # fmt: skip
    assert all(not one.failed for one in found.detected)
