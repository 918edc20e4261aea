"""Simulated campaigns on the background of a recording, such as an imported log."""
