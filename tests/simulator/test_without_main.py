"""Workers start from a script that has no ``if __name__ == "__main__"`` guard."""

from __future__ import annotations

import subprocess
import sys

from recording.manifest import Manifest

SCRIPT = """
import sys
print("once")
from simulator import simulate
made = simulate("quickstart-v1", 3, sys.argv[1], scale=0.2, settings=["shards=4"], workers=2)
print(made.fingerprint)
"""


def test_a_plain_script(small, tmp_path):
    script = tmp_path / "plain.py"
    script.write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, script, tmp_path / "r"], capture_output=True, text=True, timeout=300
    )
    assert done.stdout.split() == ["once", Manifest.read(small).fingerprint], done.stderr
