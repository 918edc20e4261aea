"""Turns the logs that other platforms keep into recordings without truth.

A *mapping* (one YAML file in ``formats/`` for each log format) says which field of the log becomes
which column. It is data and holds no code: a mapping from a stranger is safe to use.
"""
