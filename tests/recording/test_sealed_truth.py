"""Who asks for the log does not load the truth, and nothing in the log leads to it."""

import subprocess
import sys

import pytest

from shamcrowd.recording.errors import UsageError
from shamcrowd.recording.truth_schema import TRUTH_TABLES
from shamcrowd.recording.units import NEVER
from shamcrowd.recording.view import LogView, open_log

SCRIPT = """
import importlib, sys
importlib.import_module(sys.argv[1])
print("shamcrowd.recording.truth" in sys.modules)
"""


@pytest.mark.parametrize(
    ("module", "loads"),
    [
        ("recording", False),
        ("shamcrowd.recording.view", False),
        ("shamcrowd.recording.samples", False),
        ("detectors", False),
        ("shamcrowd.detectors.base", False),
        ("shamcrowd.detectors.registry", False),
        ("shamcrowd.recording.truth", True),
    ],
)
def test_an_import_that_does_not_load_the_truth(module, loads):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, module], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str(loads)


@pytest.mark.parametrize("name", sorted(TRUTH_TABLES))
def test_a_view_has_no_table_of_the_truth(small, name):
    view = LogView(open_log(small), NEVER)
    with pytest.raises(UsageError, match="no table"):
        view.arrow(name)


def test_sql_reaches_neither_the_truth_nor_its_own_lock(small):
    view = LogView(open_log(small), NEVER)
    truth = small / "truth" / "accounts.parquet"
    assert truth.is_file()
    for query in (
        f"select * from read_parquet('{truth}')",
        f"select * from '{truth}'",
        "set enable_external_access = true",
        f"attach '{small}/x.db'",
        f"copy (select 1) to '{small}/x.csv'",
    ):
        with pytest.raises(Exception, match=r"(?i)disabled|permission|cannot"):
            view.sql(query)
    assert not (small / "x.csv").exists()
