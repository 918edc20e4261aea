"""Figures of the closed loop, one a file: what the theft costs, and what the defence costs."""
