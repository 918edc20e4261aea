"""Category columns hold as many names as their type, and refuse more."""

import numpy as np
import pyarrow as pa
import pytest

from shamcrowd.recording.columns import CATEGORY, NAME
from shamcrowd.recording.truth_schema import TRUTH_TABLES
from shamcrowd.simulator.core.categories import named

NAMES = tuple(f"campaign-{number}" for number in range(32_768))


@pytest.mark.parametrize(("kind", "last"), [(CATEGORY, 127), (NAME, 32_767)])
def test_the_last_code_that_fits_and_the_first_that_does_not(kind, last):
    assert named(np.array([0, last]), NAMES, kind).to_pylist() == ["campaign-0", f"campaign-{last}"]
    with pytest.raises((pa.ArrowInvalid, OverflowError)):
        named(np.array([last + 1]), (*NAMES, "one-more"), kind)


def test_names_of_a_scenario_have_room():
    """A scenario may have more campaigns, and populations, than 127."""
    for table in TRUTH_TABLES.values():
        for column in table.columns:
            if column.name in ("campaign", "segment", "persona"):
                assert column.type in (NAME, pa.string()), (table.name, column.name)
