import stat

import pandas as pd

from shamcrowd.benchmark.classroom.case import Case
from shamcrowd.benchmark.classroom.records import (
    HAND_OUT,
    PRACTICE,
    TEACHER,
    ClassKey,
)
from shamcrowd.recording.manifest import Manifest
from shamcrowd.recording.truth import Truth


def test_logs_hold_no_truth_and_nothing_to_play_them_again(made):
    key = ClassKey.open(made)
    for team in key.record.teams:
        log = made / HAND_OUT / team / "logs" / "log-1"
        assert not [p for p in log.rglob("*") if "truth" in p.name]
        manifest = Manifest.read(log)
        assert (manifest.scenario, manifest.seed, manifest.secret) == ("sealed", 0, "")
        assert not manifest.resolved
        assert not manifest.drawn
        known = {**manifest.rows, **manifest.fingerprints, **manifest.files}
        assert not [name for name in known if name.startswith("truth")]
        # It is a recording that detectors can read all the same.
        own = Manifest.read(key.world(team, "log-1"))
        assert manifest.rows["requests"] == own.rows["requests"] > 1000
    handed = [p.name for p in (made / HAND_OUT).rglob("*")]
    assert not {"class.json", "class.secret", "model-answers.md"} & set(handed)
    assert stat.S_IMODE((made / TEACHER).stat().st_mode) == 0o700


def test_every_team_has_another_world_of_the_same_sizes(made):
    key = ClassKey.open(made)
    prints = {world.fingerprint for world in key.record.worlds}
    assert len(prints) == len(key.record.worlds) == 2 * len(key.record.teams)
    planned = []
    for world in key.record.worlds:
        manifest = Manifest.read(key.world(world.team, world.place))
        assert not manifest.drawn
        scenario = manifest.resolved
        sizes = {**scenario["populations"], **scenario["campaigns"]}
        planned.append({name: part["accounts"] for name, part in sizes.items()})
    assert all(one == planned[0] for one in planned)


def test_worlds_handed_out_are_those_most_alike(made):
    key = ClassKey.open(made)
    for scenario, (low, high, lowest, highest) in key.record.spread.items():
        logs = [w.hardness for w in key.record.worlds
                if w.scenario == scenario and w.place != PRACTICE]  # fmt: skip
        assert (min(logs), max(logs)) == (low, high)
        # One more was played than is handed out, and it was the odd one.
        assert high - low < highest - lowest
        assert lowest > 0.05


def test_a_log_of_one_team_says_nothing_of_another(made):
    key = ClassKey.open(made)
    one, other = (set(Case.of(key.world(t, "log-1")).account) for t in key.record.teams[:2])
    assert len(one & other) < 0.01 * len(one)


def test_the_teacher_has_a_plan_slides_and_answers(made):
    key = made / TEACHER
    plan = (key / "plan.md").read_text("utf-8")
    assert "| 0:10 | 25 | Features | 20 |" in plan
    assert "hardness of the logs handed out from" in plan
    slides = (key / "slides.md").read_text("utf-8").split("\n---\n")
    assert len(slides) > 8
    answers = (key / "model-answers.md").read_text("utf-8")
    assert answers.count("```python") == 4
    assert "- (20%)" in answers


def test_the_truth_of_the_practice_log_is_handed_out(made):
    truth = Truth(made / HAND_OUT / "team-02" / PRACTICE).accounts()
    assert isinstance(truth, pd.DataFrame)
    assert truth["campaign"].notna().sum() > 5
