"""Fits a world to a log, and says how far it is from it."""
