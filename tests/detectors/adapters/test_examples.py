"""The examples that a newcomer copies keep the rules, as they are."""

from pathlib import Path

import pytest

from shamcrowd.detectors import check_detector
from shamcrowd.detectors.registry import load_detector

FOLDER = Path(__file__).parents[3] / "docs/examples"
EXAMPLES = {
    "one_address.py": ["one_address"],
    "outliers.py": ["Neighbours", "Knn"],
    "trees.py": ["Trees"],
    "same_device.py": ["SameDevice"],
}


@pytest.mark.parametrize("name", [f"{file}:{n}" for file, names in EXAMPLES.items() for n in names])
def test_keeps_the_rules(name):
    check_detector(load_detector(f"{FOLDER}/{name}"))


def test_every_example_is_tried():
    assert {p.name for p in FOLDER.glob("*.py")} == set(EXAMPLES)
