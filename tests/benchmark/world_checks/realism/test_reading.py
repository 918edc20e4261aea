"""The same traffic gives the same card, however it is kept."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from shamcrowd.benchmark.world_checks.realism import scorecard
from shamcrowd.recording.errors import RecordingError, UnreadableError, UsageError


@pytest.fixture(scope="module")
def legitimate(small):
    """The honest accounts' rows of a recording, chosen with pandas."""
    accounts = pd.read_parquet(small / "truth" / "accounts.parquet")
    sham = accounts.loc[accounts["sham_from"].notna(), "account"]
    assert len(sham)
    requests = pd.read_parquet(small / "requests")
    names = {"time": "timestamp", "account": "client"}
    kept = (
        requests.loc[~requests["account"].isin(sham)].drop(columns="client").rename(columns=names)
    )
    columns = ["timestamp", "client", "input_tokens", "output_tokens", "conversation"]
    return kept[columns].sort_values("timestamp", kind="stable")


def test_recording_frame_parquet_and_csv(small, legitimate, tmp_path):
    parquet, csv = tmp_path / "table.parquet", tmp_path / "table.CSV"
    legitimate.to_parquet(parquet)
    legitimate.to_csv(csv, index=False)
    cards = [scorecard(kept) for kept in (small, str(small), legitimate, parquet, csv)]
    assert cards[0].requests == len(legitimate)
    assert cards[0].clients == legitimate["client"].nunique()
    assert cards[0].source == str(small)
    assert not [m for m in cards[0].core if m.id != "C4" and m.value is None]
    for card in cards[1:]:
        assert (card.window, card.days) == (cards[0].window, cards[0].days)
        for one, other in zip(
            (*card.core, *card.secondary), (*cards[0].core, *cards[0].secondary), strict=True
        ):
            # Sums over rows in another order may differ in the last digits.
            assert one.value == pytest.approx(other.value, rel=1e-9), one.id
            assert replace(one, value=None) == replace(other, value=None)


def test_other_columns_are_left_alone(legitimate, tmp_path):
    file = tmp_path / "wide.parquet"
    legitimate.assign(prompt="x").iloc[:500].to_parquet(file)
    assert scorecard(file).requests == 500


def test_clients_of_a_csv_are_names(tmp_path):
    file = tmp_path / "log.csv"
    rows = [f"{1_800_000_000 + i},{'7' if i < 200_000 else 'NA'},5" for i in range(200_002)]
    file.write_text("timestamp,client,input_tokens\n" + "\n".join(rows))
    assert scorecard(file).clients == 2


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("log.parquet", b"timestamp", "no Parquet table"),
        ("log.csv", b"", "cannot be read"),
        ("log.csv", b"timestamp,client\n1,2,3\n", "cannot be read"),
        ("log.csv", b"a,b\n1,2\n", "no column timestamp or client"),
        ("log.json", b"{}", r"neither a recording's folder nor a \.parquet or \.csv file"),
    ],
)
def test_unreadable(tmp_path, name, content, told):
    (tmp_path / name).write_bytes(content)
    with pytest.raises((UsageError, UnreadableError), match=told) as fault:
        scorecard(tmp_path / name)
    assert str(tmp_path / name) in str(fault.value)


def test_nothing_there(tmp_path):
    with pytest.raises(UsageError, match="no such file or folder"):
        scorecard(tmp_path / "gone.csv")


def test_a_folder_that_is_no_recording(tmp_path):
    with pytest.raises(RecordingError, match=r"not a recording.* or give a \.parquet or \.csv"):
        scorecard(tmp_path)


def test_a_frame_of_mixed_values():
    frame = pd.DataFrame({"timestamp": [1.0, 2.0], "client": [("a",), 5]})
    with pytest.raises(UsageError, match="columns of one kind each"):
        scorecard(frame)


def test_a_frame_with_a_column_twice():
    frame = pd.DataFrame([[1.0, 2, 3]], columns=["timestamp", "client", "client"])
    with pytest.raises(UsageError, match="each once"):
        scorecard(frame)
