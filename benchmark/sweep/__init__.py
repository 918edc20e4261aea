"""Evasion curves: each detector's metrics against one knob of the scenario."""
