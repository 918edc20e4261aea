import re
from pathlib import Path

from shamcrowd.recording import units

ROOT = Path(__file__).parents[2]


def test_units_agree_with_each_other():
    assert units.MS_PER_WEEK == 7 * 24 * 60 * 60 * 1000 == 7 * units.MS_PER_DAY
    assert units.MS_PER_DAY == 24 * units.MS_PER_HOUR == 24 * 60 * units.MS_PER_MINUTE


def test_a_duration_can_be_added_to_never():
    assert units.NEVER + 1_000 * 365 * units.MS_PER_DAY < 2**63
    assert units.EARLIEST == -units.NEVER


def test_time_units_have_one_home():
    """No other module defines one, or spells its number out (examples in docstrings may)."""
    number = re.compile(r"\b(86_400_000|3_600_000)\b")
    defined = re.compile(r"^_?(MS_PER_\w+|NEVER|EARLIEST|EVER)\b.* = ", re.MULTILINE)
    folders = ("recording", "simulator", "detectors", "benchmark")
    wrong = []
    for path in (p for folder in folders for p in (ROOT / folder).rglob("*.py")):
        code = [line for line in path.read_text().splitlines() if ">>>" not in line]
        if path.name != "units.py" and any(number.search(c) or defined.search(c) for c in code):
            wrong.append(path)
    assert wrong == []
