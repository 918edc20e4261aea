"""Describes a recording in Croissant 1.0 (JSON-LD), as catalogues of data sets read it.

See https://docs.mlcommons.org/croissant/docs/croissant-spec.html. The description lies beside the
recording: what a recording's folder holds is the recording alone.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa

from shamcrowd.recording.atomic import write_json
from shamcrowd.recording.columns import Table
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.optional_tables import VISIBLE
from shamcrowd.recording.truth_schema import TRUTH_TABLES

ENDING = ".croissant.json"
VERSION = "http://mlcommons.org/croissant/1.0"
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
PARQUET = "application/x-parquet"
CONTEXT: dict[str, Any] = {
    "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{
        term: f"cr:{term}"
        for term in (
            "citeAs", "column", "equivalentProperty", "extract", "field", "fileObject",
            "fileProperty", "fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key",
            "md5", "parentField", "path", "recordSet", "references", "regex", "repeated", "replace",
            "samplingRate", "separator", "source", "subField", "transform",
        )
    },
}  # fmt: skip
"""The terms of Croissant 1.0, as its specification gives them."""


def croissant_path(folder: Path) -> Path:
    """Where the description of a recording lies.

    >>> croissant_path(Path("worlds/seed-1")).as_posix()
    'worlds/seed-1.croissant.json'
    """
    return folder.with_name(folder.name + ENDING)


def croissant(folder: Path) -> dict[str, Any]:
    """The description of the recording in ``folder``, the truth included if it is there.

    Paths are relative to the folder that the recording is in.
    """
    manifest = Manifest.read(folder)
    truth = {name: table for name, table in TRUTH_TABLES.items() if _files(folder, name)}
    tables = {name: table for name, table in VISIBLE.items() if _files(folder, name)} | truth
    files = [path for name in tables for path in _files(folder, name)]
    made = "simulated" if manifest.synthetic else "imported"
    return described(
        f"{manifest.scenario}-seed-{manifest.seed}",
        f"A {made} log of a platform that sells access to AI models, with the accounts that "
        f"abuse it (shamcrowd {manifest.versions.get('shamcrowd', '')}, format {manifest.format}, "
        f"fingerprint {manifest.fingerprint}).",
        [_file_object(path, folder.parent) for path in files],
        [_record_set(name, table, folder) for name, table in tables.items()],
    )


def described(
    name: str, about: str, files: list[dict[str, Any]], records: list[dict[str, Any]]
) -> dict[str, Any]:
    """A description of a data set of these files and record sets."""
    return {
        "@context": CONTEXT, "@type": "sc:Dataset", "name": name, "description": about,
        "conformsTo": VERSION, "license": LICENCE, "url": "https://github.com/shamcrowd/shamcrowd",
        "version": "1.0.0", "citeAs": "See CITATION.cff of shamcrowd.",
        "creator": {"@type": "sc:Organization", "name": "shamcrowd"},
        "distribution": files, "recordSet": records,
    }  # fmt: skip


def write_croissant(folder: Path) -> Path:
    """Write the description of a recording beside it."""
    path = croissant_path(folder)
    write_json(path, croissant(folder))
    return path


def _files(folder: Path, name: str) -> list[Path]:
    whole = folder / f"{name}.parquet"
    return [whole] if whole.is_file() else sorted((folder / name).glob("*.parquet"))


def _file_object(path: Path, root: Path) -> dict[str, Any]:
    where = path.relative_to(root).as_posix()
    with path.open("rb") as file:
        sha = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "@type": "cr:FileObject", "@id": where, "name": where, "contentUrl": where,
        "encodingFormat": PARQUET, "contentSize": f"{path.stat().st_size} B", "sha256": sha,
    }  # fmt: skip


def _record_set(name: str, table: Table, folder: Path) -> dict[str, Any]:
    """A table: where it is a file a day, of the first, which all have the columns of."""
    first = _files(folder, name)[0].relative_to(folder.parent).as_posix()
    return {
        "@type": "cr:RecordSet", "@id": name, "name": name, "description": table.meaning,
        "field": [
            {
                "@type": "cr:Field", "@id": f"{name}/{column.name}", "name": column.name,
                "description": column.meaning, "dataType": _data_type(column.type),
                "source": {"fileObject": {"@id": first}, "extract": {"column": column.name}},
            }
            for column in table.columns
        ],
    }  # fmt: skip


def _data_type(kind: pa.DataType) -> str:
    """What Croissant calls a type of Arrow.

    >>> _data_type(pa.int32()), _data_type(pa.timestamp("ms", tz="UTC")), _data_type(pa.string())
    ('sc:Integer', 'sc:Date', 'sc:Text')
    """
    if pa.types.is_boolean(kind):
        return "sc:Boolean"
    if pa.types.is_integer(kind):
        return "sc:Integer"
    if pa.types.is_floating(kind):
        return "sc:Float"
    return "sc:Date" if pa.types.is_timestamp(kind) else "sc:Text"
