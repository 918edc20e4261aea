"""The requests of one shard and day, collected slice by slice in order of time."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.arrow_arrays import array, empty_table, texts
from shamcrowd.recording.schema import REQUESTS
from shamcrowd.recording.truth_schema import TRUTH_REQUESTS
from shamcrowd.simulator.traffic.request_columns import NOTHING
from shamcrowd.simulator.traffic.usage_profile import ENDPOINTS, TOPICS


class DayFile:
    """Columns of the slices since the last write."""

    def __init__(self, models: tuple[str, ...]) -> None:
        self._words = {
            "model": texts(models),
            "endpoint": texts(ENDPOINTS),
            "topic": texts(TOPICS),
        }
        self._slices: list[dict[str, npt.NDArray[Any]]] = []

    def add(self, columns: dict[str, npt.NDArray[Any]]) -> None:
        """Add the columns of one slice."""
        self._slices.append(columns)

    def latest(self) -> pa.Table:
        """Return the requests of the slice added last."""
        part = self._slices[-1:]
        columns = [self._column(field, part) for field in REQUESTS.schema]
        return pa.table(columns, schema=REQUESTS.schema)

    def tables(self) -> dict[str, pa.Table]:
        """Return the day's requests and their truth, one chunk per slice, and empty the buffer."""
        slices, self._slices = self._slices, []
        if not slices:
            return {
                "requests": empty_table(REQUESTS.schema),
                "truth/requests": empty_table(TRUTH_REQUESTS.schema),
            }
        requests = [self._column(field, slices) for field in REQUESTS.schema]
        flags = [self._column(field, slices) for field in TRUTH_REQUESTS.schema]
        return {
            "requests": pa.table(requests, schema=REQUESTS.schema),
            "truth/requests": pa.table(flags, schema=TRUTH_REQUESTS.schema),
        }

    def _column(
        self, field: pa.Field, slices: list[dict[str, npt.NDArray[Any]]]
    ) -> pa.ChunkedArray:
        words = self._words.get(field.name)
        chunks = []
        for values in (part[field.name] for part in slices):
            if words is not None:
                codes = array(values, pa.int8())
                chunks.append(pa.DictionaryArray.from_arrays(codes, words))
            else:
                missing = values == NOTHING if field.nullable else None
                chunks.append(array(values, field.type, missing))
        return pa.chunked_array(chunks, field.type)
