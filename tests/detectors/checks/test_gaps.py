"""What the logs with gaps lack, and what they keep."""

from __future__ import annotations

from shamcrowd.detectors.checks.gaps import (
    ENTITIES,
    at_one_moment,
    without_entities,
    without_values,
)
from shamcrowd.recording.columns import NEVER_NULL, TIME
from shamcrowd.recording.optional_tables import VISIBLE
from shamcrowd.recording.samples import sample_log


def test_values_are_taken_only_where_the_schema_allows_it():
    log, some, none = sample_log(), *(without_values(sample_log(), 1, s) for s in (0.3, 1.0))
    for key, table in log.tables.items():
        for column in VISIBLE[key].columns:
            if column.name not in table.column_names or not table.num_rows:
                continue
            before, after, gone = (t.tables[key][column.name] for t in (log, some, none))
            if column.null == NEVER_NULL:
                assert after.equals(before)
            else:
                assert gone.null_count == table.num_rows
                assert before.null_count == table.num_rows or after.null_count > before.null_count


def test_entities_are_taken_and_all_else_stays():
    log, some, none = sample_log(), *(without_entities(sample_log(), 1, s) for s in (0.3, 1.0))
    for key, table in log.tables.items():
        if key in ENTITIES:
            assert none.tables[key].num_rows == 0
            assert 0 < some.tables[key].num_rows < table.num_rows
        else:
            assert some.tables[key].equals(table)


def test_everything_happens_at_once():
    at_once = at_one_moment(sample_log())
    moments = {
        moment
        for table in at_once.tables.values()
        for field in table.schema
        if field.type == TIME
        for moment in table[field.name].unique().to_pylist()
    }
    assert len(moments) == 1
