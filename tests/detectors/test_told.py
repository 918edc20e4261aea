"""What is said of every detector: in its docstring, and in the table of docs/detectors.md."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import numpy as np
import pytest

from shamcrowd.benchmark.evaluation.controls.registry import truth_controls
from shamcrowd.detectors.base import Labels
from shamcrowd.detectors.registry import detector_names, is_shipped, load_detector
from shamcrowd.recording.samples import sample_log
from shamcrowd.recording.units import MS_PER_DAY
from shamcrowd.recording.view import LogView

PAGE = Path(__file__).parents[2] / "docs" / "detectors.md"
SHIPPED = [name for name in detector_names() if is_shipped(name)]


def rows():
    below = PAGE.read_text("utf-8").partition("## Detectors that come with shamcrowd")[2]
    table = below.partition("\n## ")[0]
    cells = (line.strip("|").split("|") for line in table.splitlines() if line.startswith("| `"))
    return {row[0].strip(" `"): [cell.strip() for cell in row[1:]] for row in cells}


def test_the_table_names_each_that_there_is_and_no_other():
    assert sorted(rows()) == sorted([*SHIPPED, *truth_controls()])
    assert all(len(cells) == 5 and all(cells) for cells in rows().values())


@pytest.mark.parametrize("name", SHIPPED)
def test_the_table_says_who_groups(name):
    log = sample_log()
    now, detector = LogView(log, log.start + 3 * MS_PER_DAY), load_detector(name)()
    if hasattr(detector, "fit"):
        account = now.accounts(["account"])["account"].to_numpy()
        detector.fit(now, Labels(account, np.isin(account, log.crowd)))
    found = detector.review(now)
    assert (rows()[name][1] == "A C") == (found.cluster is not None)
    assert np.isfinite(found.score).all()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_docstring_says_what_a_reader_needs(name):
    told = inspect.getdoc(load_detector(name))
    for needed in (r"Complexity: ", r"When it fails: ", r"(?m)^>>> ", "Score:"):
        assert re.search(needed, told), needed
    control = ".controls." in load_detector(name).__module__
    assert control or re.search(r"https?://", told)
