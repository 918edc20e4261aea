"""Named random streams, keyed by (seed, world, name, slice). No two uses share a stream.

A world is a scenario, so no two scenarios share their people unless they say so; but adding a
campaign to one changes no row of a legitimate user (common random numbers), and any slice can be
made on any worker. Only raw 64-bit words and Poisson counts are drawn in the hot path; everything
else is looked up in tables, so that results do not depend on a library's sampling code.
"""

from __future__ import annotations

import hashlib
import sys

import numpy as np
import numpy.typing as npt

from shamcrowd.simulator.core.secret import Secret

Uniforms = npt.NDArray[np.float64]
"""Numbers in [0, 1)."""


class Streams:
    """All random streams of one replication of a world.

    Args:
        seed: seed of the replication.
        world: name of the world, usually the scenario's id.
        secret: with a judge's secret all streams are others, which nobody can draw without it;
            None: anybody can.

    >>> a, b = Streams(7), Streams(7)
    >>> int(a("x", 3).integers(100)) == int(b("x", 3).integers(100))
    True
    >>> int(a("x", 3).integers(2**60)) == int(a("x", 4).integers(2**60))
    False
    """

    def __init__(self, seed: int, world: str = "", secret: Secret | None = None) -> None:
        self.seed = seed
        self.world = world
        self._secret = secret

    @property
    def is_secret(self) -> bool:
        """Whether they are keyed with a secret."""
        return self._secret is not None

    def key(self, name: str) -> int:
        """A 64-bit key for ``name``: the same in every process, unlike ``hash``."""
        text = f"{self.seed}/{self.world}/{name}".encode()
        secret = b"" if self._secret is None else self._secret.value
        digest = hashlib.blake2b(text, digest_size=8, key=secret).digest()
        return int.from_bytes(digest, "little")

    def __call__(self, name: str, slice_number: int = 0) -> np.random.Generator:
        """A new generator of the stream ``name`` for one slice, at its beginning."""
        return np.random.Generator(np.random.Philox(key=[self.key(name), slice_number]))


def bits(rng: np.random.Generator, count: int) -> npt.NDArray[np.uint64]:
    """``count`` raw 64-bit words of a generator."""
    words: npt.NDArray[np.uint64] = rng.bit_generator.random_raw(count)
    return words


def sixteen(words: npt.NDArray[np.uint64], place: int) -> npt.NDArray[np.uint16]:
    """Sixteen bits of each word, the lowest at ``place`` 0, the highest at 3: without a copy.

    >>> sixteen(np.array([1 << 48, 7], np.uint64), 3).tolist()
    [1, 0]
    """
    at = place if sys.byteorder == "little" else 3 - place
    part: npt.NDArray[np.uint16] = words.view(np.uint16)[at::4]
    return part


def low_half(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint32]:
    """The lower 32 bits of each word, without a copy.

    >>> low_half(np.array([(1 << 32) + 5], np.uint64)).tolist()
    [5]
    """
    half: npt.NDArray[np.uint32] = words.view(np.uint32)[int(sys.byteorder != "little") :: 2]
    return half


def unit(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.float64]:
    """Convert 64-bit words to numbers in [0, 1)."""
    return (words >> np.uint64(11)).astype(np.float64) * 2.0**-53


def mixed(values: npt.NDArray[np.uint64], key: int = 0) -> npt.NDArray[np.uint64]:
    """Scramble 64-bit words one by one (splitmix64, Steele et al. 2014, public domain)."""
    # Sums and products of arrays wrap around without a warning; only those of scalars warn.
    z = values + np.uint64((key + 0x9E3779B97F4A7C15) & (2**64 - 1))
    z ^= z >> np.uint64(30)
    z *= np.uint64(0xBF58476D1CE4E5B9)
    z ^= z >> np.uint64(27)
    z *= np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return z


def uniform_by_id(ids: npt.NDArray[np.int32], key: int) -> Uniforms:
    """Uniform numbers in [0, 1), one per id, that depend on the id and the key alone.

    >>> few = uniform_by_id(np.array([7], np.int32), 1)
    >>> many = uniform_by_id(np.array([3, 7], np.int32), 1)
    >>> bool(few[0] == many[1])
    True
    """
    if not len(ids):
        return np.empty(0, np.float64)
    return unit(mixed(mixed(ids.astype(np.uint64), key), key >> 1))
