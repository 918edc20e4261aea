"""Settings of detectors: what there is, what is refused."""

from __future__ import annotations

import pytest

from shamcrowd.detectors.registry import detector_names, is_shipped, load_detector
from shamcrowd.detectors.settings import check_settings, parsed_settings, settings_of
from shamcrowd.recording.errors import UsageError


class Mine:
    """A detector with a setting of each type, and others that are none."""

    def __init__(self, plain=1, *, cap: int = 3, share: float = 0.5, word: str = "a", on=True):
        self.cap, self.share = cap, share


def test_keyword_numbers_alone_are_settings():
    assert settings_of(Mine) == {"cap": 3, "share": 0.5}
    assert settings_of(str) == {}


def test_shipped_detectors_can_be_made_with_their_defaults():
    named = {
        name: settings_of(load_detector(name)) for name in detector_names() if is_shipped(name)
    }
    assert named["co-action"] == {"cap": 60, "gap_days": 1.0, "least": 0.1}
    assert named["synchrotrap"] == {"cap": 100, "minutes": 60, "shared": 3, "alike": 0.5}
    for name, given in named.items():
        check_settings(name, load_detector(name), given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"caps": 1}, r"mine has no setting 'caps'; it has: cap \(3\), share \(0.5\)"),
        ({"cap": 1.5}, "mine.cap=1.5: takes a whole number"),
        ({"plain": 1}, "no setting 'plain'"),
    ],
)
def test_what_it_does_not_have_is_refused(given, said):
    with pytest.raises(UsageError, match=said):
        check_settings("mine", Mine, given)


def test_a_whole_number_does_for_a_fraction():
    check_settings("mine", Mine, {"share": 1})


@pytest.mark.parametrize(
    "text", ["cap=1", "co-action.cap", "co-action.=1", "co-action.cap=", "co-action.cap=many",
             ".cap=1", "co-action.cap=nan", "co-action.cap=1e99"],
)  # fmt: skip
def test_text_of_another_form_is_refused(text):
    with pytest.raises(UsageError, match=r"write detector\.setting=number"):
        parsed_settings([text])


def test_the_last_of_two_counts_and_paths_may_have_dots():
    found = parsed_settings(["a.cap=1", "a.cap=2", "./mine.py:Mine.cap=3"])
    assert found == {"a": {"cap": 2}, "./mine.py:Mine": {"cap": 3}}
