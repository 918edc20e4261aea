"""What a place is at fault for becomes one sentence; all else stays what it is."""

import errno
import pickle

import pytest

from shamcrowd.recording.output import MENDS, OutputError, is_of_place, not_writable, writing


@pytest.mark.parametrize("number", list(MENDS))
def test_each_fault_of_a_place_has_a_sentence(number):
    with pytest.raises(OutputError) as caught, writing("here/a"):
        raise OSError(number, "as pyarrow says it")
    said = str(caught.value)
    assert said.startswith("here/a: cannot be written (")
    assert said.endswith(MENDS[number])
    assert "pyarrow" not in said
    assert caught.value.exit_code == 2
    assert str(pickle.loads(pickle.dumps(caught.value))) == said


@pytest.mark.parametrize("error", [FileNotFoundError(2, "no"), BrokenPipeError(32, "no"),
                                   OSError("no number"), ValueError("no")])  # fmt: skip
def test_other_errors_pass(error):
    with pytest.raises(type(error)) as caught, writing("here"):
        raise error
    assert caught.value is error
    assert not isinstance(error, OSError) or not is_of_place(error)


def test_an_error_without_a_number():
    assert "cannot be written (strange)" in str(not_writable("a", OSError("strange")))
    assert "No such file" in str(not_writable("a", OSError(errno.ENOENT, "")))
