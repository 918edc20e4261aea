"""``shamcrowd secret``, and ``--secret`` of other commands."""

from __future__ import annotations

import json

from shamcrowd.simulator.core.secret import Secret


def test_it_draws_one_and_then_shows_its_hash(call, tmp_path):
    file = tmp_path / "s"
    first = call("secret", file)
    assert first.code == 0
    secret = Secret.read(file)
    assert secret.hash in first.out
    assert secret.value.hex() not in first.out
    again = call("secret", file, "--json")
    assert json.loads(again.out) == {"file": str(file), "sha256": secret.hash, "new": False}


def test_what_is_wrong_with_a_secret_is_said(call, tmp_path):
    for command in (("simulate", "quickstart-v2", "--seed", 1), ("run", "quickstart-v2"),
                    ("bench", "smoke-v2"), ("check",), ("validate", "smoke-v2"),
                    ("duel", "arms-race-v2", "--detectors", "random", "--strategies", "static"),
                    ("sweep", "quickstart-v2", "--knob", "x"), ("audit", "quickstart-v2"),
                    ("realism", "smoke-v2")):  # fmt: skip
        said = call(*command, "--secret", tmp_path / "none", "--out", tmp_path / "out")
        assert said.code == 2, command
        assert "no secret here; draw one: shamcrowd secret" in said.err, command
        assert not (tmp_path / "out").exists()


def test_simulate_names_it_by_its_hash(call, tmp_path):
    secret = Secret.draw(tmp_path / "s")
    said = call(
        "simulate", "quickstart-v2", "--seed", 1, "--scale", 0.02, "--secret", secret.path,
        "--out", tmp_path / "r",
    )  # fmt: skip
    assert said.code == 0
    assert f"Made with the secret {secret.hash[:12]}…." in said.out
    assert secret.value.hex() not in said.out + said.err
