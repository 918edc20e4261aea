"""Packed files of a log are unpacked once and held against the checksums that they carry.

DuckDB, which reads the rows, looks at none: it takes a damaged number for another number.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shamcrowd.recording.imports.files import LogFileError

GZIP, ZSTD, PARQUET = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1"
"""What files begin with."""
CUT_OFF = "it is cut off: import again when the file is whole"
DAMAGED = "it was damaged on its way: get it again"
_PIECE = 1 << 20
_WITH_HEAD = 31
"""``wbits`` of zlib for gzip's head and checksum."""


def check_packed(paths: Iterable[Path]) -> None:
    """Check gzip, Zstandard and Parquet files against their checksums; others have none.

    Gzip always carries one, Zstandard as its ``zstd`` writes it does, pages of Parquet may.

    Raises:
        LogFileError: for the first that does not fit, is cut off, or goes on after its end.
    """
    for path in paths:
        head = b""
        try:
            with path.open("rb") as file:
                head = file.read(4)
            if head[:2] == GZIP:
                _check_gzip(path)
            elif head == ZSTD:
                _check_zstd(path)
            elif head == PARQUET:
                _check_parquet(path)
        except (zlib.error, OSError, pa.ArrowException) as fault:
            said = " ".join(str(fault).split())[:200]
            mend = CUT_OFF if "runcated" in said else DAMAGED
            what = "no Parquet table, or damaged" if head == PARQUET else "cannot be read"
            raise LogFileError(f"{path}: {what} ({said}); {mend}") from None


def _check_gzip(path: Path) -> None:
    """A gzip file is one packed part or several, one after the other."""
    part = zlib.decompressobj(_WITH_HEAD)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            while piece:
                if part.eof:
                    if piece[:1] != GZIP[:1]:
                        raise LogFileError(
                            f"{path}: cannot be read: something follows what is packed; {DAMAGED}"
                        )
                    part = zlib.decompressobj(_WITH_HEAD)
                part.decompress(piece, _PIECE)
                piece = part.unused_data if part.eof else part.unconsumed_tail
    part.flush()
    if not part.eof:
        raise LogFileError(f"{path}: cannot be read: it ends within what is packed; {CUT_OFF}")


def _check_zstd(path: Path) -> None:
    with (
        path.open("rb") as file,
        pa.CompressedInputStream(pa.PythonFile(file, "r"), "zstd") as inside,
    ):
        while inside.read(_PIECE):
            pass


def _check_parquet(path: Path) -> None:
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        for _ in file.iter_batches():
            pass
