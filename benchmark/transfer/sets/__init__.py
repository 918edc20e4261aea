"""Labelled sets, one a file: each reads what its user has saved. No data is shipped."""
