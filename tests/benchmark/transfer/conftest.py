"""Invented sets, one folder each."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def invented():
    """The module that writes them."""
    path = Path(__file__).with_name("invented.py")
    spec = importlib.util.spec_from_file_location("invented", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
