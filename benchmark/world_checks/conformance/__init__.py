"""Conformance checks for populations and tactics, shipped for their authors."""
