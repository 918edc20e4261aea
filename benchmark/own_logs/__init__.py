"""Detectors on a log without truth: findings, ranked."""
