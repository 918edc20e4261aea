"""Figures of the closed loop, one per file: what abuse costs and what the defence costs."""
