"""Adapters: make a detector from a function, a program or another library's estimator."""
