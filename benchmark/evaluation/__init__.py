"""Evaluation: simulates recordings, replays detectors on them and scores the findings."""
