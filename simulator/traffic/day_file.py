"""A day's requests of one shard, gathered slice by slice in time order."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from recording.schema import REQUESTS, TRUTH_REQUESTS
from simulator.traffic.habit import ENDPOINTS, TOPICS


class DayFile:
    """Columns of the slices since the last write."""

    def __init__(self, models: tuple[str, ...]) -> None:
        self._words = {
            "model": pa.array(models, pa.string()),
            "endpoint": pa.array(ENDPOINTS, pa.string()),
            "topic": pa.array(TOPICS, pa.string()),
        }
        self._slices: list[dict[str, npt.NDArray[Any]]] = []

    def add(self, columns: dict[str, npt.NDArray[Any]]) -> None:
        """Take one slice."""
        self._slices.append(columns)

    def tables(self) -> dict[str, pa.Table]:
        """The day's requests and their flags, and an empty buffer after."""
        slices, self._slices = self._slices, []
        arrays = []
        for field in REQUESTS.schema:
            parts = [s[field.name] for s in slices]
            kind = field.type.index_type.to_pandas_dtype() if field.name in self._words else None
            whole = np.concatenate(parts) if parts else np.empty(0, kind or np.int64)
            if field.name in self._words:
                array = pa.DictionaryArray.from_arrays(
                    pa.array(whole.astype(np.int8, copy=False)), self._words[field.name]
                )
            elif pa.types.is_timestamp(field.type):
                array = pa.array(whole).view(field.type)
            else:
                array = pa.array(whole, field.type)
            arrays.append(array)
        flags = [s["abusive"] for s in slices]
        abusive = np.concatenate(flags) if flags else np.empty(0, np.bool_)
        return {
            "requests": pa.table(arrays, schema=REQUESTS.schema),
            "truth/requests": pa.table([pa.array(abusive)], schema=TRUTH_REQUESTS.schema),
        }
