"""Other programs read a recording, and join its truth whatever order they bring the rows into."""

import numpy as np
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from shamcrowd.recording.errors import RecordingError
from shamcrowd.recording.schema import TABLES
from shamcrowd.recording.truth import Truth
from shamcrowd.recording.units import MS_PER_DAY
from tests.recordings import recorded


@pytest.fixture(scope="module")
def folder():
    return recorded("quickstart-v2", 3, scale=0.2)


@pytest.fixture(scope="module")
def expected(folder):
    """Abusive requests, their tokens, and the first and last moment, by position."""
    files = Truth(folder).request_files()
    rows = [pq.read_table(path, partitioning=None) for path, _ in files]
    flags = [pq.read_table(path, partitioning=None)["abusive"].to_numpy() for _, path in files]
    both = zip(rows, flags, strict=True)
    tokens = sum(int(r["input_tokens"].to_numpy()[f].sum()) for r, f in both)
    times = np.concatenate([r["time"].cast("int64").to_numpy() for r in rows])
    return int(sum(f.sum() for f in flags)), tokens, int(times.min()), int(times.max())


def test_pandas(folder, expected):
    pd = pytest.importorskip("pandas")
    rows, flags = (pd.read_parquet(folder / n) for n in ("requests", "truth/requests"))
    joined = rows.sample(frac=1, random_state=1).merge(flags, on="request", validate="1:1")
    own = joined[joined["abusive"]]
    times = joined["time"].dt.as_unit("ms").astype("int64")
    assert (len(own), own["input_tokens"].sum(), times.min(), times.max()) == expected
    assert str(joined["time"].dt.tz) == "UTC"


def test_polars(folder, expected):
    pl = pytest.importorskip("polars")
    rows, flags = (
        pl.read_parquet(str(folder / n / "*.parquet")) for n in ("requests", "truth/requests")
    )
    joined = rows.sort("sketch").join(flags, on="request")
    own = joined.filter(pl.col("abusive"))
    times = joined["time"].dt.epoch("ms")
    assert (len(own), own["input_tokens"].sum(), times.min(), times.max()) == expected


def test_duckdb(folder, expected):
    duckdb = pytest.importorskip("duckdb")
    found = duckdb.sql(
        "select count(*) filter (abusive), sum(input_tokens) filter (abusive), "
        "epoch_ms(min(time)), epoch_ms(max(time)) "
        f"from (from '{folder}/requests/*.parquet' order by sketch) "
        f"join '{folder}/truth/requests/*.parquet' using (request)"
    ).fetchall()[0]
    assert tuple(int(value) for value in found) == expected


def test_arrow_dataset(folder, expected):
    rows, flags = (ds.dataset(folder / n).to_table() for n in ("requests", "truth/requests"))
    joined = rows.sort_by("sketch").join(flags, "request")
    own = joined.filter(joined["abusive"])
    times = joined["time"].cast("int64").to_numpy()
    tokens = int(own["input_tokens"].to_numpy().sum())
    assert (own.num_rows, tokens, times.min(), times.max()) == expected


@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
def test_fastparquet(folder, expected):
    fastparquet = pytest.importorskip("fastparquet")
    pd = pytest.importorskip("pandas")
    rows, flags = (
        pd.concat([fastparquet.ParquetFile(str(p)).to_pandas() for p in (folder / n).iterdir()])
        for n in ("requests", "truth/requests")
    )
    joined = rows.merge(flags, on="request")
    own = joined[joined["abusive"].astype(bool)]
    assert (len(own), own["input_tokens"].sum()) == expected[:2]


def test_ids_fit_every_language(folder):
    """JavaScript's numbers are exact below 2**53, R's integers below 2**31."""
    for name, table in TABLES.items():
        for column in table.columns:
            if "Opaque" in column.meaning:
                assert str(column.type) == "int32", (name, column.name)
    ids = np.concatenate(
        [pq.read_table(p, partitioning=None)["request"].to_numpy()
         for p in (folder / "requests").iterdir()]
    )  # fmt: skip
    assert ids.min() >= 0
    assert len(np.unique(ids)) == len(ids)


def test_the_truth_in_another_order_is_joined(folder, tmp_path):
    requests, flags = max(
        Truth(folder).request_files(), key=lambda f: pq.read_table(f[1])["abusive"].to_numpy().sum()
    )
    truth = Truth(folder)
    table = pq.read_table(flags, partitioning=None)
    mixed = table.take(np.random.default_rng(1).permutation(table.num_rows))
    assert not mixed.equals(table)
    pq.write_table(mixed, tmp_path / "mixed.parquet")
    found = truth.abusive(requests, tmp_path / "mixed.parquet").to_numpy()
    assert np.array_equal(found, table["abusive"].to_numpy())
    assert 0 < found.sum() < len(found)


@pytest.mark.parametrize("change", [lambda t: t.slice(1), lambda t: t.slice(0, t.num_rows - 1)])
def test_the_truth_about_other_requests_is_refused(folder, tmp_path, change):
    requests, flags = Truth(folder).request_files()[2]
    pq.write_table(change(pq.read_table(flags, partitioning=None)), tmp_path / "less.parquet")
    with pytest.raises(RecordingError, match="holds other requests"):
        Truth(folder).abusive(requests, tmp_path / "less.parquet")


def test_times_are_moments_of_the_recording(expected):
    first, last = expected[2:]
    assert 0 < last - first <= 14 * MS_PER_DAY
