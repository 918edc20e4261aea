"""Tables and JSON are read in one way, so that whatever is wrong with a file ends in one error."""

import ast

import pytest

from tests.architecture.test_house import MODULES, named

READERS = {"recording/table_file.py", "recording/json_file.py", "recording/regular_file.py"}
TABLES = {
    "read_table", "read_parquet", "ParquetFile", "ParquetDataset", "read_schema", "read_metadata",
    "read_feather", "read_ipc", "scan_parquet",
}  # fmt: skip
"""Names of Arrow, pandas and Polars that open a file."""
FILES = {"read_text", "read_bytes", "open", "read"}
OWN_DATA = {
    "simulator/supply/identities.py", "benchmark/execution/cache.py",
    "recording/imports/packed.py",
}  # fmt: skip
"""A file of the package itself; the seal of a cache entry, which is compared with its content;
pages of a packed log, which are held against their checksums and handed to nobody."""


def _calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _name(function):
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def opened(text):
    """Lines of a module that open a table or a JSON file by themselves."""
    tree = ast.parse(text)
    ours = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("shamcrowd.")
        for alias in node.names
    }
    ours |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    # Text that was read before it is parsed: a name that a reading call gave.
    held = {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and any(_name(c.func) in FILES for c in _calls(node.value))
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in _calls(tree):
        name = _name(call.func)
        plain = isinstance(call.func, ast.Name)
        if name in TABLES and not (plain and name in ours):
            yield call.lineno
        if isinstance(call.func, ast.Attribute) and _name(call.func.value) == "json":
            given = [_name(c.func) for arg in call.args for c in _calls(arg)]
            given += [arg.id for arg in call.args if isinstance(arg, ast.Name) and arg.id in held]
            if name == "load" or (name == "loads" and ({*given} & ({*FILES} | held))):
                yield call.lineno


def test_only_the_readers_open_tables_and_json():
    lines = {named(path): list(opened(path.read_text("utf-8"))) for path in MODULES}
    assert len(lines) > 400
    assert {path for path, found in lines.items() if found} - (READERS | OWN_DATA) == set()


@pytest.mark.parametrize(
    "text",
    [
        "import json\njson.load(open('a'))",
        "json.loads(path.read_text('utf-8'))",
        "json.loads(bytes(file.read()))",
        "text = path.read_text()\njson.loads(text)",
        "pq.read_table(path)",
        "from pyarrow.parquet import read_table\nread_table(path)",
        "pd.read_parquet(path)",
        "with pq.ParquetFile(path) as file: pass",
    ],
)
def test_what_opens_one_is_found(text):
    assert list(opened(text))


@pytest.mark.parametrize(
    "text",
    [
        "json.loads(line)",
        "json.dumps(data)",
        "from shamcrowd.recording.table_file import read_table\nread_table(path, None)",
        "text = path.read_text()",
    ],
)
def test_what_opens_none_is_not(text):
    assert not list(opened(text))
