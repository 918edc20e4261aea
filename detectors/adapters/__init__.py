"""Adapters: make a detector of a function, a program or an estimator of another library."""
