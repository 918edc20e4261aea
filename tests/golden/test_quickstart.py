"""What `quickstart-v2` holds, to read. Made again by `make golden`; look at the difference first.

A change here is a change of everybody's recordings: say so in CHANGELOG.md.
"""

import pandas as pd
import pyarrow.parquet as pq
import pytest

from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import EARLIEST, NEVER
from shamcrowd.recording.view import open_log


@pytest.fixture(scope="module")
def log(quickstart):
    return open_log(quickstart)


def text(frame: pd.DataFrame) -> str:
    with pd.option_context(
        "display.width", 400, "display.max_columns", 30, "display.max_rows", 200
    ):
        return "\n" + frame.to_string(index=False) + "\n"


def counts(series: pd.Series) -> str:
    return "\n" + series.astype(str).value_counts().sort_index().to_string() + "\n"


def ends(table) -> str:
    frame = table.to_pandas()
    return text(pd.concat([frame.head(3), frame.tail(3)]))


def test_rows_and_fingerprints(quickstart_manifest, snapshot):
    rows = [
        f"{name:<16}{quickstart_manifest.rows[name]:>9}  {print_[:16]}"
        for name, print_ in quickstart_manifest.fingerprints.items()
    ]
    assert "\n" + "\n".join(rows) + "\n" == snapshot


def test_activity_by_kind(log, snapshot):
    assert counts(log.rows("activity", EARLIEST, NEVER, ["kind"]).to_pandas()["kind"]) == snapshot


def test_personas(quickstart, snapshot):
    truth = Truth(quickstart).accounts()
    assert counts(truth["persona"]) == snapshot


def test_phases(quickstart, snapshot):
    assert text(Truth(quickstart).campaigns()) == snapshot


@pytest.mark.parametrize("column", ["model", "endpoint", "status", "topic"])
def test_requests_by(log, column, snapshot):
    assert counts(log.rows("requests", EARLIEST, NEVER, [column]).to_pandas()[column]) == snapshot


def test_first_and_last_requests(log, snapshot):
    assert ends(log.rows("requests", EARLIEST, NEVER)) == snapshot


@pytest.mark.parametrize("name", ["accounts", "addresses", "cards", "clients", "devices",
                                  "mailboxes", "phones"])  # fmt: skip
def test_first_and_last_rows(quickstart, name, snapshot):
    assert ends(pq.read_table(quickstart / f"{name}.parquet")) == snapshot
