"""A sample of every account's prompts: accounts with the same template keep the same ones.

A band is a selection of ``WIDTH`` of the sketch's 64 bits. In each band an account keeps the
prompts whose bits hash lowest: a bottom-k MinHash (Broder 1997, https://doi.org/10.1109/SEQUEN.1997.666900)
over bands of a SimHash (Charikar 2002, https://doi.org/10.1145/509907.509965). Whether a prompt is
kept depends on its bits alone, so that two accounts with the same templates keep the same prompts,
in any order and among any number of other prompts.
"""

from __future__ import annotations

import numpy as np

from shamcrowd.detectors.content.lowest import BottomK, Hashes, hash64
from shamcrowd.detectors.features.index import AccountIndex, distinct
from shamcrowd.recording.units import Places
from shamcrowd.recording.view import LogView

BITS = 64
WIDTH = 20
BANDS = 10
KEPT = 8
NEAR = 4
"""Bits in which two prompts of one template may differ, at most: a similarity of 94 %."""
WINDOW = 8
"""Prompts with equal bits in a band that each is compared with, so that thousands of them do not
take quadratic time."""


def _masks() -> Hashes:
    rng = np.random.default_rng(0)
    chosen = [rng.choice(BITS, WIDTH, replace=False).astype(np.uint64) for _ in range(BANDS)]
    return np.array([np.bitwise_or.reduce(np.uint64(1) << bits) for bits in chosen], np.uint64)


MASKS = _masks()


def band_key(sketch: Hashes, band: int) -> Hashes:
    """Return a hash of the bits of a band, equal for prompts that agree in all of them."""
    return hash64((sketch & MASKS[band]) + np.uint64(band * 0x9E3779B97F4A7C15 % 2**64))


def near_pairs(sketch: Hashes) -> tuple[Places, Places]:
    """Find pairs of sketches that differ in at most ``NEAR`` bits.

    Candidates agree in a band. Each is verified, so that no pair is wrong; some are missed.

    Args:
        sketch: shape (n,), unique and ascending.

    Returns:
        Positions of both sketches of each pair, shape (pairs,); a pair may occur twice.

    >>> one, other = near_pairs(np.array([0b1, 0b1011, 2**63 - 1], np.uint64))
    >>> set(one.tolist()) | set(other.tolist())
    {0, 1}
    """
    found = []
    # Bits of the band and position packed into one integer: after sorting, sketches that agree in
    # the band are adjacent, in ascending order.
    places = np.arange(len(sketch), dtype=np.uint64)
    for band in range(BANDS):
        packed = np.sort(_squeezed(sketch, band) << np.uint64(BITS - WIDTH) | places)
        order = (packed & np.uint64(2 ** (BITS - WIDTH) - 1)).astype(np.int64)
        bits, there = packed >> np.uint64(BITS - WIDTH), sketch[order]
        for step in range(1, min(WINDOW + 1, len(order))):
            alike = bits[step:] == bits[:-step]
            if not alike.any():
                break
            alike &= np.bitwise_count(there[step:] ^ there[:-step]) <= NEAR
            at = np.flatnonzero(alike)
            found.append(np.stack([order[at], order[at + step]]))
    one, other = np.concatenate([np.empty((2, 0), np.int64), *found], axis=1)
    return one, other


def _squeezed(sketch: Hashes, band: int) -> Hashes:
    """Return the ``WIDTH`` bits of a band, moved together.

    >>> whole = np.array([2**64 - 1], np.uint64)
    >>> int(_squeezed(whole, 0)[0]) == 2**WIDTH - 1
    True
    """
    squeezed = np.zeros(len(sketch), np.uint64)
    there = [bit for bit in range(BITS) if int(MASKS[band]) >> bit & 1]
    for at, bit in enumerate(there):
        squeezed |= (sketch >> np.uint64(bit) & np.uint64(1)) << np.uint64(at)
    return squeezed


class PromptSample:
    """A sample of at most ``BANDS * KEPT`` prompts of every account, updated review by review."""

    def __init__(self) -> None:
        self.index = AccountIndex()
        self._bands = [BottomK(KEPT) for _ in range(BANDS)]

    def update(self, log: LogView) -> None:
        """Process the rows since the previous review."""
        self.index.update(log)
        rows = log.new.arrow("requests", ["account", "sketch"])
        place = self.index.of(rows.column("account").to_numpy())
        sketch = rows.column("sketch").to_numpy()
        for number, band in enumerate(self._bands):
            band.take(len(self.index), place, band_key(sketch, number), sketch)

    def held(self) -> tuple[Places, Places, Hashes]:
        """Return the sample.

        Returns:
            Distinct pairs of an account's position and a prompt's number, shape (n,) each, sorted
            by account; and the sketches of the prompts, unique and ascending.
        """
        place = np.concatenate([band.places for band in self._bands]).astype(np.int64)
        sketch = np.concatenate([band.values for band in self._bands])
        prompts, number = np.unique(sketch, return_inverse=True)
        pairs = distinct(place << 32 | number)
        return pairs >> 32, pairs & 0xFFFFFFFF, prompts
