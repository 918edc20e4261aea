"""Probes of texts: length, digits, and how common the text and its first letters are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from shamcrowd.benchmark.world_checks.audit.probe import Floats, Ints

BEGINNINGS = (1, 3)


def of_words(words: pa.Array) -> dict[str, Floats]:
    """Properties of each text; each array has one number per text."""
    text = words.cast(pa.string())
    long = np.asarray(pc.utf8_length(text).to_numpy(zero_copy_only=False), np.float64)

    def matches(pattern: str) -> Floats:
        found = pc.count_substring_regex(text, pattern).to_numpy(zero_copy_only=False)
        return np.asarray(found, np.float64)

    order = np.asarray(pc.rank(text, tiebreaker="min").to_numpy(zero_copy_only=False), np.float64)
    return {
        "length": long,
        "order of the alphabet": order,
        "digits": matches("[0-9]"),
        "capital letters": matches(r"\p{Lu}"),
        "parts": matches(r"[^\s._/-]+"),
        "letters beyond ASCII": matches(r"[^\x00-\x7f]"),
    }


def beginnings(words: pa.Array) -> dict[str, Ints]:
    """Codes of the first letters of each text."""
    text = words.cast(pa.string())
    return {
        f"its first {n} letters" if n > 1 else "its first letter": pd.factorize(
            np.asarray(pc.utf8_slice_codeunits(text, 0, n).to_numpy(zero_copy_only=False))
        )[0].astype(np.int64)
        for n in BEGINNINGS
    }
