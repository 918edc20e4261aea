"""Of the files beside a plug-in, those that tell what may be played are kept from it."""

from __future__ import annotations

from shamcrowd.benchmark.execution.confinement.allowed import WORLD_BYTES, own_files

TELLS = {
    "world.yaml": "# ours\nschema: 1\nextends: calm-v2\n",
    "WORLD.YML": "schema: 1\npopulations: {}\n",
    "suite.yml": "schema: 1\nseeds: 1-3\nscenarios: [calm-v2]\n",
    "quoted.yaml": "'schema': 1\n\"campaigns\" : {}\n",
    "flow.yaml": '{"schema": 1, "extends": "calm-v2"}\n',
    "gate.json": '{\n "scenarios": {"calm-v2": {"fingerprints": []}}\n}\n',
}
TELLS_NOTHING = {
    "mine.py": "schema: 1\nextends: calm-v2\n",
    "limits.yaml": "schema: 1\nlimits:\n  scenarios: [a]\n",
    "scenarios.yaml": "scenarios: [a]\n",
    "weights.json": '{"schema": 1, "weights": []}\n',
    "late.yaml": "#" * WORLD_BYTES + "\nschema: 1\nextends: calm-v2\n",
}


def test_what_tells_of_a_world_is_not_read(tmp_path):
    for name, text in (TELLS | TELLS_NOTHING).items():
        (tmp_path / name).write_text(text)
    (tmp_path / "folder.yaml").mkdir()
    assert {path.name for path in own_files(tmp_path, []).read} == {*TELLS_NOTHING, "folder.yaml"}


def test_a_folder_without_it_is_granted_whole(tmp_path):
    for name, text in TELLS_NOTHING.items():
        (tmp_path / name).write_text(text)
    assert own_files(tmp_path, []).read == [tmp_path]
