"""Suites of scenarios: what they hold, how they are run, and sweeps over one parameter."""
