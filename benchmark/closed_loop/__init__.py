"""Evaluation in the closed loop: alerts are acted on during the run, and campaigns respond."""
