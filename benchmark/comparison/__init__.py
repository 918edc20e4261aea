"""Comparison of runs, paired on identical traffic, with intervals and cautious verdicts."""
