"""Scores as a pandas frame: a row for each detector and metric."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shamcrowd.recording.plain_text import html_text

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("scenario", "detector", "kind", "status", "metric", "value", "low", "high", "seeds",
           "note")  # fmt: skip


def frame_of(rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """Rows of `COLUMNS` as a frame; numbers that are not known are missing."""
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(COLUMNS))
    return frame.astype({"value": "float64", "low": "float64", "high": "float64"})


def frame_html(frame: pd.DataFrame, said: str) -> str:
    """Such a frame as an HTML table below a line of text: metrics by detectors."""
    known = frame[frame["metric"].notna()]
    table = known.pivot(index="metric", columns="detector", values="value")
    table = table.reindex(index=known["metric"].unique(), columns=known["detector"].unique())
    table.columns = [html_text(str(name)) for name in table.columns]
    body = table.to_html(float_format="{:.3f}".format, na_rep="–", escape=False, border=0)
    return f"<p>{html_text(said)}</p>\n{body}"
