"""Scenario files: what happens, as data. Loading, composing, checking, explaining."""
