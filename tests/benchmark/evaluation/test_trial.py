from pathlib import Path

from shamcrowd.benchmark.evaluation.describing import describe
from shamcrowd.benchmark.evaluation.replay import Candidate

WRONG = """
class Wrong:
    def review(self, log):
        return log.accounts(["account"])["acount"]
"""
SLOW = """
import time

class Slow:
    def review(self, log):
        time.sleep(60)
"""
RIGHT = """
import numpy as np
from shamcrowd import Findings

class Right:
    def review(self, log):
        accounts = log.accounts(["account"])["account"].to_numpy()
        return Findings(accounts, np.zeros(len(accounts)))
"""


def test_a_wrong_detector_fails_on_the_sample_log_and_a_slow_one_is_left_alone(tmp_path):
    candidates = []
    for name, code in (("Wrong", WRONG), ("Slow", SLOW), ("Right", RIGHT)):
        path = Path(tmp_path / f"{name.lower()}.py")
        path.write_text(code)
        candidates.append(Candidate(name.lower(), f"{path}:{name}"))
    wrong, slow, right = describe(candidates, (), 2)
    assert "KeyError: 'acount'" in wrong.trial
    assert "wrong.py" in wrong.trial
    # What is not known is not held against it; it has its time limit in the run.
    assert (slow.trial, right.trial) == ("", "")
