"""Only accounts that are honest throughout, and only of whole recordings."""

from __future__ import annotations

import shutil

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shamcrowd.benchmark.world_checks.realism.legitimate import legitimate
from shamcrowd.benchmark.world_checks.realism.reading import read
from shamcrowd.recording.errors import NothingToJudgeError, RecordingError
from shamcrowd.recording.truth_schema import TRUTH_ACCOUNTS
from tests.recordings import accept


@pytest.fixture
def copied(small, tmp_path):
    """A recording to be changed at will."""
    return shutil.copytree(small, tmp_path / "recording")


def test_accounts_ever_abused_are_left_out_whole(small):
    accounts = pd.read_parquet(small / "truth" / "accounts.parquet").set_index("account")
    found = set(legitimate(small).column("client").unique().to_pylist())
    sham = set(accounts.index[accounts["sham_from"].notna()])
    assert found
    assert not found & sham
    asking = set(pd.read_parquet(small / "requests", columns=["account"])["account"])
    assert found == asking - sham
    assert asking & sham


def test_nobody_honest(copied):
    path = copied / "truth" / "accounts.parquet"
    accounts = pd.read_parquet(path)
    accounts["sham_from"] = accounts["sham_from"].fillna(accounts["sham_from"].min())
    schema = TRUTH_ACCOUNTS.schema
    pq.write_table(pa.Table.from_pandas(accounts, schema, preserve_index=False), path)
    accept(copied)
    with pytest.raises(NothingToJudgeError, match="no legitimate request"):
        read(copied)


def test_a_lost_file(copied):
    next((copied / "requests").glob("*.parquet")).unlink()
    with pytest.raises(RecordingError, match=r"requests.*missing"):
        legitimate(copied)


def test_a_damaged_file(copied):
    path = next((copied / "requests").glob("*.parquet"))
    content = bytearray(path.read_bytes())
    content[4:-2_000] = b"\0" * (len(content) - 2_004)
    path.write_bytes(content)
    with pytest.raises(RecordingError):
        legitimate(copied)


def test_a_lost_truth(copied):
    (copied / "truth" / "accounts.parquet").unlink()
    with pytest.raises(RecordingError, match="truth"):
        legitimate(copied)
