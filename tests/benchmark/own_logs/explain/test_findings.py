"""What detectors said, taken from a detection and from the list that it was written to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from shamcrowd.benchmark.own_logs.detect import Detected, Detection
from shamcrowd.benchmark.own_logs.explain.findings import of_detection, read_ranked
from shamcrowd.benchmark.own_logs.ranking import ranked
from shamcrowd.benchmark.own_logs.writing import write_ranked
from shamcrowd.detectors.base import Findings
from shamcrowd.recording.errors import UnreadableError

ACCOUNT = np.array([5, 6, 7, 8], np.int32)
FOUND = Detection(
    Path("x"), 0, ACCOUNT,
    [
        Detected("one-way", Findings(ACCOUNT, np.array([9.0, 8, 1, 1]), np.array([3, 3, -1, -1]),
                                     ["a", "b", "", ""]), ("accounts.device",)),
        Detected("other", Findings(ACCOUNT, np.array([0.0, 0, 5, 0]))),
        Detected("third", None, (), "the log has nothing for it"),
        Detected("fourth", None, (), "it broke", failed=True),
    ],
)  # fmt: skip


def test_a_detection_has_all_clusters_reasons_and_notes() -> None:
    said = of_detection(FOUND)
    assert said.detectors == ["one-way", "other"]
    assert said.clusters("one-way") == [3]
    assert said.clusters("other") == []
    assert said.cluster("one-way", 3) == [5, 6]
    assert said.cluster("one-way", 2) == []
    assert said.table["place"].to_pylist()[:4] == [0.125, 0.375, 0.75, 0.75]
    assert said.notes == (
        "one-way is blind to accounts.device",
        "third is not applicable: the log has nothing for it",
        "fourth failed: it broke",
    )


@pytest.mark.parametrize("ending", ["csv", "parquet", "json"])
def test_a_ranked_list_has_scores_of_all_and_clusters_of_the_first(
    ending: str, tmp_path: Path
) -> None:
    write_ranked(ranked(FOUND, {5: "ann"}), tmp_path / f"r.{ending}")
    said = read_ranked(tmp_path / f"r.{ending}")
    assert said.detectors == ["one-way", "other"]
    assert said.cluster("one-way", 3) == [5, 6]
    whole = of_detection(FOUND).table.to_pandas().set_index(["detector", "account"])["place"]
    read = said.table.to_pandas().set_index(["detector", "account"])["place"]
    assert read.sort_index().to_dict() == whole.sort_index().to_dict()


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.csv", "account,score\n1,2\n"), ("a.parquet", "none"), ("a.json", "{"), ("a.txt", "")],
)
def test_another_file_is_refused(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(UnreadableError, match="not a ranked list"):
        read_ranked(tmp_path / name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        read_ranked(tmp_path / "a.csv")
