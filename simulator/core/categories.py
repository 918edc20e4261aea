"""Category columns: codes and the names that they stand for."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy.typing as npt
import pyarrow as pa

from shamcrowd.recording.arrow_arrays import array, texts
from shamcrowd.recording.columns import CATEGORY


@cache
def _words(names: tuple[str, ...]) -> pa.Array:
    return texts(names)


def named(
    codes: npt.NDArray[Any], names: tuple[str, ...], kind: pa.DictionaryType = CATEGORY
) -> pa.DictionaryArray:
    """A category column of Arrow; codes below 0 are missing.

    >>> import numpy as np
    >>> named(np.array([1, -1]), ("a", "b")).to_pylist()
    ['b', None]
    """
    missing = codes < 0
    index = array(codes, kind.index_type, missing)
    return pa.DictionaryArray.from_arrays(index, _words(names))
