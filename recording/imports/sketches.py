"""Similarity hashes of prompts (SimHash): prompts are reduced to 64 bits and not stored.

Charikar, "Similarity estimation techniques from rounding algorithms", STOC 2002. The features of a
text are its runs of 8 bytes. Of these, those are taken whose own hash is divisible by 8, a choice
that depends on the text alone, so that similar texts have similar features at an eighth of the
cost (Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

WINDOW = 8
ONE_IN = 8
LONGEST = 4_000
"""Bytes of a prompt that count; the rest is left out."""
BLOCK = 200
"""Prompts that are hashed at once: few, so that what is computed on the way stays in the cache."""
_MIX = np.array([0xBF58476D1CE4E5B9, 0x94D049BB133111EB], np.uint64)


def sketches(prompts: pa.Array, first: int = 0) -> npt.NDArray[np.uint64]:
    """Return the sketch of each prompt; of one without text, a hash of its position's own.

    Args:
        prompts: shape (n,), texts; null and empty ones are unrelated to all others.
        first: number of the first of them, where they are a part of many.

    Returns:
        shape (n,).

    >>> one, other, third = sketches(pa.array(["Translate this letter into French, please: " + end
    ...     for end in ("dear Ann", "dear Bob")] + ["def area(radius): return 3.14 * radius ** 2"]))
    >>> int(one ^ other).bit_count() < 20 < int(one ^ third).bit_count()
    True
    """
    if prompts.null_count == len(prompts):
        return _mixed(np.arange(first + 1, first + len(prompts) + 1, dtype=np.uint64))
    parts = [
        _block(prompts.slice(begin, BLOCK), first + begin)
        for begin in range(0, len(prompts), BLOCK)
    ]
    return np.concatenate([np.empty(0, np.uint64), *parts])


def _block(prompts: pa.Array, begin: int) -> npt.NDArray[np.uint64]:
    """The sketches of a few prompts, the first of which is number ``begin``."""
    texts = pc.utf8_lower(pc.utf8_slice_codeunits(prompts.fill_null(""), 0, LONGEST))
    letters, starts = _bytes_of(texts)
    found = _mixed(np.arange(begin + 1, begin + len(texts) + 1, dtype=np.uint64))
    if len(letters) < WINDOW:
        return found
    words = np.zeros(len(letters) - WINDOW + 1, np.uint64)
    for i in range(WINDOW):
        words |= letters[i : len(words) + i].astype(np.uint64) << np.uint64(8 * i)
    hashed = _mixed(words)
    # Windows that reach into the next text are none.
    at = np.flatnonzero(hashed % np.uint64(ONE_IN) == 0)
    owner = np.searchsorted(starts, at, side="right") - 1
    inside = at + WINDOW <= starts[owner + 1]
    owner, features = owner[inside], _mixed(hashed[at[inside]])
    if not len(owner):
        return found
    begins = np.flatnonzero(np.diff(owner, prepend=-1))
    many = np.diff(begins, append=len(owner))
    bits = np.unpackbits(features.astype("<u8").view(np.uint8).reshape(-1, 8), axis=1)
    ones = np.add.reduceat(bits, begins, axis=0, dtype=np.int32)
    found[owner[begins]] = np.packbits(2 * ones > many[:, None], axis=1).view("<u8")[:, 0]
    return found


def _bytes_of(texts: pa.Array) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """The bytes of all texts, one after the other, and where each begins, with the end."""
    sizes = pc.binary_length(texts).to_numpy(zero_copy_only=False).astype(np.int64)
    starts = np.r_[0, np.cumsum(sizes)]
    data = texts.buffers()[2]
    letters = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
    first = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset]
    return letters[first : first + starts[-1]], starts


def _mixed(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The finaliser of SplitMix64: every bit of the result depends on all bits of a word."""
    words = (words ^ (words >> np.uint64(30))) * _MIX[0]
    words = (words ^ (words >> np.uint64(27))) * _MIX[1]
    return words ^ (words >> np.uint64(31))
