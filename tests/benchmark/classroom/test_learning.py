"""A lesson for one person is made in one step, and scored."""

from shamcrowd.benchmark.classroom.learning import KEY, begin_lesson, score_lesson
from shamcrowd.benchmark.classroom.packs.base import pack_of
from tests.benchmark.classroom.conftest import SCALE


def test_a_lesson_takes_nothing_of_anybody_and_can_be_scored(tmp_path):
    # A folder of this name was used on the way once, and removed.
    own = tmp_path / "lesson.class" / "notes.txt"
    own.parent.mkdir()
    own.write_text("mine")
    begin_lesson(pack_of("first-hour"), tmp_path / "lesson", scale=SCALE, workers=2)
    assert own.read_text() == "mine"
    assert {p.name for p in tmp_path.iterdir()} == {"lesson", "lesson.class"}
    made = {p.name for p in (tmp_path / "lesson").iterdir()}
    assert {KEY, "exercises.py", "exercises.ipynb", "practice", "logs"} <= made
    assert "class" not in made
    first, *rest = score_lesson(tmp_path / "lesson", workers=2)
    assert first.startswith("0.0 of ")
    assert all("nothing handed in" in line for line in rest[:3])
