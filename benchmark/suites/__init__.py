"""Suites of scenarios: their definition, how they are run, and sweeps over one parameter."""
